import { useCallback, useEffect, useState } from 'react';
import { type QueryOutcome, type QueryRequest, runQuery } from './runQuery';

export type QueryState = { readonly state: 'loading' } | QueryOutcome;

const LOADING: QueryState = { state: 'loading' };

interface Answer {
  readonly to: string;
  readonly state: QueryState;
}

/**
 * Runs a statement when it, the data source or the time range changes, and again on `retry`; the answer to an older one is
 * dropped. `undefined` runs nothing and stays `loading`; another `refresh` asks again, as a refresh button of the page does.
 */
export const useQuery = (
  request: QueryRequest | undefined,
  refresh = 0,
): { readonly query: QueryState; readonly retry: () => void } => {
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<Answer>({ to: '', state: LOADING });
  // The text stands for the request, of which every render makes a new object.
  const key = request === undefined ? '' : JSON.stringify([request, attempt, refresh]);
  useEffect(() => {
    if (key === '') return undefined;
    const [wanted] = JSON.parse(key) as [QueryRequest, number, number];
    const subscription = runQuery(wanted).subscribe((state) => {
      setAnswer({ to: key, state });
    });
    return () => {
      subscription.unsubscribe();
    };
  }, [key]);
  const retry = useCallback(() => {
    setAttempt((count) => count + 1);
  }, []);
  return { query: key !== '' && answer.to === key ? answer.state : LOADING, retry };
};
