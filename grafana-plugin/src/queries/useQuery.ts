import { useEffect, useState } from 'react';
import { type QueryOutcome, type QueryRequest, runQuery } from './runQuery';

export type QueryState = { readonly state: 'loading' } | QueryOutcome;

const LOADING: QueryState = { state: 'loading' };

/**
 * Runs a statement when it, the data source or the time range changes; the answer to an older one is dropped.
 * `undefined` runs nothing and stays `loading`.
 */
export const useQuery = (request: QueryRequest | undefined): QueryState => {
  const key = request === undefined ? undefined : JSON.stringify(request);
  const [answer, setAnswer] = useState<{ readonly to?: string; readonly state: QueryState }>({
    state: LOADING,
  });
  useEffect(() => {
    if (key === undefined) return undefined;
    // The text stands for the request, of which every render makes a new object.
    const subscription = runQuery(JSON.parse(key) as QueryRequest).subscribe((state) => {
      setAnswer({ to: key, state });
    });
    return () => {
      subscription.unsubscribe();
    };
  }, [key]);
  return answer.to === key ? answer.state : LOADING;
};
