import { messageOf } from '../core/errors';

/** One thing that must be well before traffic should come. */
export interface ReadinessCheck {
  readonly name: string;
  /** What is wrong; undefined when all is well. May reject, which is a reason too. */
  check(): Promise<string | undefined> | string | undefined;
}

export interface NotReady {
  readonly name: string;
  readonly reason: string;
}

const TIMEOUT_MS = 2000;

const reasonOf = async (check: ReadinessCheck): Promise<string | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(`no answer within ${TIMEOUT_MS} ms`);
    }, TIMEOUT_MS);
  });
  try {
    return await Promise.race([check.check(), late]);
  } catch (error) {
    return messageOf(error);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Runs all checks side by side, each for at most two seconds, and resolves to what is not well. Callers that come while
 * a run is under way share it, so that a flood of probes is one question to the store.
 */
export const createReadiness = (
  checks: readonly ReadinessCheck[],
): (() => Promise<readonly NotReady[]>) => {
  let running: Promise<readonly NotReady[]> | undefined;
  const run = async (): Promise<readonly NotReady[]> => {
    const reasons = await Promise.all(
      checks.map(async (check) => ({ name: check.name, reason: await reasonOf(check) })),
    );
    return reasons.flatMap(({ name, reason }) => (reason === undefined ? [] : [{ name, reason }]));
  };
  return () => {
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  };
};
