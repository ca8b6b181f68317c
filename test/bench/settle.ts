import { usageOf } from './process/usage';
import type { Usage } from './process/usage';

const POLL_MS = 400;
const QUIET_POLLS = 3;
/** CPU-seconds a poll may use and still be quiet: heartbeats and log lines, not merges. */
const QUIET_CPU_S = 0.04;

/**
 * Waits until `pid` and its descendants have stopped working, background merges of the engine included, and returns
 * what they have used by then. Gives up waiting after `limitMs`, so that a steady background job cannot hang a bench.
 */
export async function settle(pids: readonly number[], limitMs: number): Promise<Usage[]> {
  const deadline = performance.now() + limitMs;
  let before = pids.map(usageOf);
  for (let quiet = 0; quiet < QUIET_POLLS && performance.now() < deadline;) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const now = pids.map(usageOf);
    quiet = sum(now) - sum(before) <= QUIET_CPU_S ? quiet + 1 : 0;
    before = now;
  }
  return before;
}

const sum = (usages: readonly Usage[]): number =>
  usages.reduce((total, usage) => total + usage.own + usage.children, 0);
