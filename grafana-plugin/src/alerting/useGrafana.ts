import { useCallback, useEffect, useState } from 'react';
import type { GrafanaOutcome } from './grafanaAlerting';

export type GrafanaState<Answer> = { readonly state: 'loading' } | GrafanaOutcome<Answer>;

/**
 * The answer of a read of Grafana, asked for again by `refresh`; an old answer stays until the new one is there. `read` must be
 * the same function in every render.
 */
export const useGrafana = <Answer>(
  read: () => Promise<GrafanaOutcome<Answer>>,
): { readonly answer: GrafanaState<Answer>; readonly refresh: () => void } => {
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<GrafanaState<Answer>>({ state: 'loading' });
  useEffect(() => {
    let current = true;
    const ask = async () => {
      const outcome = await read();
      if (current) setAnswer(outcome);
    };
    void ask();
    return () => {
      current = false;
    };
  }, [read, attempt]);
  const refresh = useCallback(() => {
    setAttempt((count) => count + 1);
  }, []);
  return { answer, refresh };
};
