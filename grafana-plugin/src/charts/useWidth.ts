import { useCallback, useEffect, useState } from 'react';

/** The width in pixels of the element that `ref` is put on; 0 until it is laid out. */
export const useWidth = (): {
  readonly ref: (node: HTMLElement | null) => void;
  readonly width: number;
} => {
  const [node, setNode] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (node === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(node);
    return () => {
      observer.disconnect();
    };
  }, [node]);
  const ref = useCallback((next: HTMLElement | null) => {
    setNode(next);
  }, []);
  return { ref, width };
};
