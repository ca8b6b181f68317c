import { useCallback, useEffect, useState } from 'react';
import { type ApiCall, type ApiOutcome, callApi } from './callApi';

export type ApiState<Answer> = { readonly state: 'loading' } | ApiOutcome<Answer>;

/** The answer of a read of the API, asked again when the call changes and on `retry`; an overtaken answer is dropped. */
export const useApi = <Answer>(
  call: ApiCall | undefined,
): { readonly answer: ApiState<Answer>; readonly retry: () => void } => {
  const [attempt, setAttempt] = useState(0);
  const [kept, setKept] = useState<{ readonly to: string; readonly state: ApiState<Answer> }>({
    to: '',
    state: { state: 'loading' },
  });
  const key = call === undefined ? '' : JSON.stringify([call, attempt]);
  useEffect(() => {
    if (key === '') return undefined;
    let current = true;
    const [wanted] = JSON.parse(key) as [ApiCall, number];
    const ask = async () => {
      const state = await callApi<Answer>(wanted);
      if (current) setKept({ to: key, state });
    };
    void ask();
    return () => {
      current = false;
    };
  }, [key]);
  const retry = useCallback(() => {
    setAttempt((count) => count + 1);
  }, []);
  return { answer: key !== '' && kept.to === key ? kept.state : { state: 'loading' }, retry };
};
