import type { ClickHouseClient } from '@clickhouse/client';
import { messageOf } from '../core/errors';
import { type AutoBaselineEvents, AutoBaselines } from './baselines/autoBaselines';
import { writeDeployments, writeNewBaselines } from './events/lifecycleEvents';
import { createFeatureWindows } from './features/featureWindows';
import { type Look, LookAround } from './lookAround';
import { RollupPass, type RollupPassReport } from './rollup/rollupPass';
import { createPerformanceWindows } from './performance/performanceWindows';
import { answerWindows } from './silentChange/answerWindows';
import { type SilentChangeEvents, SilentChangePass } from './silentChange/silentChangePass';
import type { Statements } from './statements';
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
  /** See `RepeatedRunParts`. */
  readonly now?: (statements: Statements) => Promise<number>;
  /** Feature windows were computed: what decides about them has something to do. */
  readonly onFeatureWindows?: () => void;
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

type Kind = ReturnType<typeof windowKinds>[number];

/** Windows whose making lists versions: one may be new, or due for a baseline. */
const LISTING = new Set(['ml_traffic_windows', 'ml_usage_windows']);

/** Longest time without a look for what another replica, or the calendar, made to do. */
const LOOK_ANYWAY_MS = 60_000;

/**
 * One run of the job: first which rows count, then the windows that changed. A failed step does not keep the others from
 * running. True: nothing is left to do.
 */
export class WindowRun {
  private readonly parts: WindowJobParts;
  private readonly settings: WindowJobSettings;
  private readonly statements: Statements;
  private readonly isStopping: () => boolean;
  private readonly rollups: RollupPass;
  private readonly kinds: readonly Kind[];
  private readonly labelled: Kind;
  private readonly baselines: AutoBaselines;
  private readonly silentChanges: SilentChangePass;
  private readonly around: LookAround;
  private labelsDoneAt = -Infinity;
  private lookedAnywayAt = -Infinity;
  private baselineMs = 0;
  /** Steps that have something to look for, and keep it until they succeed. */
  private readonly owed = { dueBaselines: true, changes: true, versions: true, baselines: true };

  constructor(
    parts: WindowJobParts,
    settings: WindowJobSettings,
    statements: Statements,
    isStopping: () => boolean,
  ) {
    this.parts = parts;
    this.settings = settings;
    this.statements = statements;
    this.isStopping = isStopping;
    this.rollups = new RollupPass(statements, settings);
    this.kinds = windowKinds(parts.pricer, statements, settings);
    this.baselines = new AutoBaselines(statements, settings.baseline, parts.events);
    this.silentChanges = new SilentChangePass(statements, settings, parts.events);
    const kind = createPerformanceWindows(settings);
    // A few at a time: reading labels takes long, and what pages must not wait for it.
    const maxWindowsPerPass = Math.min(settings.maxWindowsPerPass, LABELLED_WINDOWS);
    const pass = new WindowPass(kind, statements, { ...settings, maxWindowsPerPass });
    this.labelled = { kind, pass };
    const tables = [...this.kinds, this.labelled].map((each) => each.kind.table);
    this.around = new LookAround(statements, tables);
  }

  async run(nowMs: number): Promise<boolean> {
    let look = await this.around.look();
    const results: boolean[] = [];
    const attempt = async (job: string, work: () => Promise<boolean>): Promise<void> => {
      results.push(await this.attempt(job, work));
    };
    if (performance.now() - this.lookedAnywayAt >= LOOK_ANYWAY_MS) {
      this.lookedAnywayAt = performance.now();
      Object.assign(this.owed, { dueBaselines: true, changes: true, versions: true });
    }
    await attempt('rollups', async () => {
      const report = await this.decideRollups(nowMs, look);
      if (report.changed > 0) look = await this.around.look();
      return report.complete;
    });
    for (const kind of this.kinds) {
      // Traffic lists the versions that a baseline may be due for; features are counted on its bins.
      if (kind.kind.table === 'ml_feature_windows' && this.owed.dueBaselines) {
        await attempt('baselines', async () => {
          const report = await this.baselines.run(nowMs);
          this.owed.dueBaselines = !report.complete;
          if (report.made > 0) look = await this.around.look();
          return report.complete;
        });
      }
      await attempt(`${kind.kind.name} windows`, () => this.computeWindows(kind, nowMs, look));
    }
    await attempt('events', () => this.lookForEvents(nowMs, look));
    const isLabelTurn = performance.now() - this.labelsDoneAt >= this.settings.labelsEveryMs;
    if (isLabelTurn) {
      await attempt('performance windows', () => this.computeWindows(this.labelled, nowMs, look));
      // A look into an empty store costs nothing: the first labels need not wait for the next turn.
      const isEmpty = this.labelled.kind.sources.every((source) => look.writtenMs(source) === 0);
      if (results.every(Boolean) && !isEmpty) this.labelsDoneAt = performance.now();
    }
    return results.every(Boolean);
  }

  private async attempt(job: string, work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (error) {
      if (!this.isStopping()) this.parts.events.jobFailed({ job, reason: messageOf(error) });
      return false;
    }
  }

  private async decideRollups(nowMs: number, look: Look): Promise<RollupPassReport> {
    const { events } = this.parts;
    const report = await this.rollups.run(nowMs, look.writtenMs('ml_inferences'));
    if (report.changed > 0) events.rollupsChanged({ n: report.changed });
    if (report.tooLarge > 0) {
      const reason = `${report.tooLarge} traces have more than ${this.settings.maxRowsPerTrace} rows`;
      events.jobFailed({ job: 'rollups', reason });
    }
    return report;
  }

  private async computeWindows({ kind, pass }: Kind, nowMs: number, look: Look): Promise<boolean> {
    const { events, onFeatureWindows } = this.parts;
    const startedAt = performance.now();
    const { windows, rows, complete } = await pass.run(nowMs, look);
    const durationMs = performance.now() - startedAt;
    if (windows === 0) return complete;
    events.windowsComputed({ kind: kind.name, windows, rows, durationMs });
    if (kind.table === 'ml_feature_windows') onFeatureWindows?.();
    if (kind.table === 'ml_answer_windows') this.owed.changes = true;
    if (LISTING.has(kind.table)) this.owed.versions = this.owed.dueBaselines = true;
    return complete;
  }

  /** Events follow from windows and baselines: without new ones there are none. */
  private async lookForEvents(nowMs: number, look: Look): Promise<boolean> {
    const { owed } = this;
    const baselineMs = look.writtenMs('ml_baselines');
    if (baselineMs > this.baselineMs) owed.baselines = true;
    this.baselineMs = baselineMs;
    if (owed.changes) await this.silentChanges.run(nowMs);
    owed.changes = false;
    if (owed.versions) await writeDeployments(this.statements);
    owed.versions = false;
    if (owed.baselines) await writeNewBaselines(this.statements);
    owed.baselines = false;
    return true;
  }
}
