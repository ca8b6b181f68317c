import type { ClickHouseClient } from '@clickhouse/client';
import { messageOf } from '../core/errors';
import { type AutoBaselineEvents, AutoBaselines } from './baselines/autoBaselines';
import { writeLifecycleEvents } from './events/lifecycleEvents';
import { createFeatureWindows } from './features/featureWindows';
import { RollupPass } from './rollup/rollupPass';
import { createPerformanceWindows } from './performance/performanceWindows';
import { answerWindows } from './silentChange/answerWindows';
import { type SilentChangeEvents, SilentChangePass } from './silentChange/silentChangePass';
import { createStatements, engineNow, type Statements, type StopSignals } from './statements';
import { trafficWindows } from './trafficWindows';
import type { WindowJobSettings } from './windowJobSettings';
import { createUsageWindows } from './usage/usageWindows';
import type { SumPricer } from './usage/usageRow';
import { WindowPass } from './windowPass';

export interface WindowJobEvents extends AutoBaselineEvents, SilentChangeEvents {
  /** `windows` that were found to compute, `rows` that were read or new in them. */
  windowsComputed(run: { kind: string; windows: number; rows: number; durationMs: number }): void;
  rollupsChanged(change: { n: number }): void;
  jobFailed(failure: { job: string; reason: string }): void;
}

export interface WindowJobParts {
  readonly client: ClickHouseClient;
  readonly pricer: SumPricer;
  readonly events: WindowJobEvents;
}

/** Hours of labels that one run computes: a week. */
const LABELLED_WINDOWS = 168;

/** What is computed, in this order. Spans come first: where they tell of a model, its metrics are left out. */
function windowKinds(
  pricer: WindowJobParts['pricer'],
  statements: Statements,
  settings: WindowJobSettings,
) {
  const usage = { ...settings, rawRetentionDays: settings.usageRetentionDays };
  const kinds = [
    { kind: trafficWindows, of: settings },
    { kind: createUsageWindows(pricer), of: usage },
    { kind: answerWindows, of: settings },
    { kind: createFeatureWindows(settings.windowMinutes), of: settings },
  ];
  return kinds.map(({ kind, of }) => ({ kind, pass: new WindowPass(kind, statements, of) }));
}

/**
 * One run of the job: first which rows count, then the windows that changed. A failed step does not keep the others from
 * running. True: nothing is left to do.
 */
export function createWindowRun(
  { client, pricer, events }: WindowJobParts,
  settings: WindowJobSettings,
  signals: StopSignals,
): () => Promise<boolean> {
  const statements = createStatements(client, settings, signals);
  const rollups = new RollupPass(statements, settings);
  const kinds = windowKinds(pricer, statements, settings);
  const baselines = new AutoBaselines(statements, settings.baseline, events);
  const silentChanges = new SilentChangePass(statements, settings, events);
  const labelled = createPerformanceWindows(settings);
  // A few at a time: reading labels takes long, and what pages must not wait for it.
  const maxWindowsPerPass = Math.min(settings.maxWindowsPerPass, LABELLED_WINDOWS);
  const labelledPass = new WindowPass(labelled, statements, { ...settings, maxWindowsPerPass });
  const labelledKind = { kind: labelled, pass: labelledPass };
  let labelsDoneAt = -Infinity;
  const attempt = async (job: string, work: () => Promise<boolean>): Promise<boolean> => {
    try {
      return await work();
    } catch (error) {
      if (!signals.stopping.aborted) events.jobFailed({ job, reason: messageOf(error) });
      return false;
    }
  };
  const decideRollups = async (): Promise<boolean> => {
    const { changed, tooLarge, complete } = await rollups.run(await engineNow(statements));
    if (changed > 0) events.rollupsChanged({ n: changed });
    if (tooLarge > 0) {
      const reason = `${tooLarge} traces have more than ${settings.maxRowsPerTrace} rows`;
      events.jobFailed({ job: 'rollups', reason });
    }
    return complete;
  };
  const computeWindows = async ({ kind, pass }: (typeof kinds)[number]): Promise<boolean> => {
    const startedAt = performance.now();
    const { windows, rows, complete } = await pass.run(await engineNow(statements));
    const durationMs = performance.now() - startedAt;
    if (windows > 0) events.windowsComputed({ kind: kind.name, windows, rows, durationMs });
    return complete;
  };
  return async () => {
    let complete = await attempt('rollups', decideRollups);
    for (const kind of kinds) {
      // Traffic lists the versions that a baseline may be due for; features are counted on its bins.
      if (kind.kind.table === 'ml_feature_windows')
        complete = (await attempt('baselines', () => baselines.run())) && complete;
      complete =
        (await attempt(`${kind.kind.name} windows`, () => computeWindows(kind))) && complete;
    }
    complete =
      (await attempt('events', () => lookForEvents(statements, silentChanges))) && complete;
    const isLabelTurn = performance.now() - labelsDoneAt >= settings.labelsEveryMs;
    if (isLabelTurn)
      complete =
        (await attempt('performance windows', () => computeWindows(labelledKind))) && complete;
    if (isLabelTurn && complete) labelsDoneAt = performance.now();
    return complete;
  };
}

async function lookForEvents(
  statements: Statements,
  silentChanges: SilentChangePass,
): Promise<boolean> {
  await silentChanges.run(await engineNow(statements));
  await writeLifecycleEvents(statements);
  return true;
}
