import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for something to become true; a test fails when it does not in time. */
export async function until(what: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what.toString()}`);
    await sleep(20);
  }
}
