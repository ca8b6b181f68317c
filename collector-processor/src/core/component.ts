/** A part with a lifetime. `lifecycle.test.ts` holds every implementation to this contract. */
export interface Component {
  /** Resolves when the part is usable. A rejection aborts the boot. Called once. */
  start(): Promise<void>;
  /**
   * Takes no new work, finishes what it has, frees what it holds. When `deadline` aborts it gives up draining.
   * Safe before `start()` and when called twice.
   */
  stop(deadline: AbortSignal): Promise<void>;
}

/**
 * Starts downstream parts first and stops upstream parts first, so that each can drain into a live successor.
 * When a start fails, what already runs is stopped before the error is passed on.
 * Every part is stopped even when another one's stop throws; the errors are reported together.
 */
export function inOrder(upstreamFirst: readonly Component[]): Component {
  const stopAll = async (deadline: AbortSignal): Promise<void> => {
    const errors: unknown[] = [];
    for (const component of upstreamFirst) {
      try {
        await component.stop(deadline);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'some components did not stop cleanly');
  };
  return {
    async start() {
      try {
        for (const component of upstreamFirst.toReversed()) await component.start();
      } catch (error) {
        await stopAll(AbortSignal.timeout(5_000)).catch(() => undefined);
        throw error;
      }
    },
    stop: stopAll,
  };
}
