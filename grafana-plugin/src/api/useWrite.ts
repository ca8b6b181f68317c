import { useCallback, useRef, useState } from 'react';
import type { Problem } from '../shared/problem';
import { type ApiCall, callApi } from './callApi';
import { createWriteKeys } from './writeKeys';

export interface Write<Answer> {
  readonly sending: boolean;
  readonly problem: Problem | undefined;
  /** The answer; undefined when it failed, which `problem` then tells. */
  readonly send: (call: Omit<ApiCall, 'idempotencyKey'>) => Promise<Answer | undefined>;
}

/** A write of the API that is done once: sending the same again, after an answer that got lost, repeats its key. */
export const useWrite = <Answer>(): Write<Answer> => {
  const [state, setState] = useState<{ sending: boolean; problem: Problem | undefined }>({
    sending: false,
    problem: undefined,
  });
  const keys = useRef(createWriteKeys());
  const send = useCallback(async (call: Omit<ApiCall, 'idempotencyKey'>) => {
    setState({ sending: true, problem: undefined });
    const outcome = await callApi<Answer>({ ...call, idempotencyKey: keys.current.keyOf(call) });
    if (outcome.state === 'failed') {
      setState({ sending: false, problem: outcome.problem });
      return undefined;
    }
    keys.current.done();
    setState({ sending: false, problem: undefined });
    return outcome.data;
  }, []);
  return { ...state, send };
};
