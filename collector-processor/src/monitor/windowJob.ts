import { createRepeatedRun, type RepeatedRun } from './repeatedRun';
import type { WindowJobSettings } from './windowJobSettings';
import { type WindowJobParts, WindowRun } from './windowRun';

/**
 * The job beside the hot path, again and again: besides at any time, as soon as a feature window is over and settled. All
 * state that matters is in ClickHouse; replicas that do the same at the same time do no harm.
 */
export const createWindowJob = (
  parts: WindowJobParts,
  settings: WindowJobSettings,
): RepeatedRun => {
  const { windowMinutes, settleMs, graceMs } = settings;
  return createRepeatedRun(
    {
      client: parts.client,
      now: parts.now,
      failed: (reason) => {
        parts.events.jobFailed({ job: 'windows', reason });
      },
      create: (statements, isStopping) => {
        const run = new WindowRun(parts, settings, statements, isStopping);
        return ({ nowMs }) => run.run(nowMs);
      },
    },
    { ...settings, due: { everyMs: windowMinutes * 60_000, afterMs: settleMs + graceMs } },
  );
};
