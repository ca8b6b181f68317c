import { useEffect, useState } from 'react';

/** A value as it was when it last rested: what is asked for does not follow every key that is pressed. */
export const useLater = <Value>(value: Value, delayMs: number): Value => {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setRested(value);
    }, delayMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value, delayMs]);
  return rested;
};
