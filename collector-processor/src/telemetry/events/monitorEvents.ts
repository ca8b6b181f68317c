import type { Instruments } from '../instruments';

export interface WindowsComputed {
  /** `traffic`, … */
  readonly kind: string;
  readonly windows: number;
  readonly rows: number;
  readonly durationMs: number;
}

export interface JobFailed {
  readonly job: string;
  readonly reason: string;
}

interface BaselineOf {
  readonly model: string;
  readonly version: string;
  readonly segment: string;
}

export interface BaselineMade extends BaselineOf {
  readonly rows: number;
  readonly features: number;
}

export interface BaselineNotMade extends BaselineOf {
  readonly reason: string;
}

/** What is counted of them. */
const createCounts = (instruments: Instruments) => ({
  windowsTotal: instruments.counter(
    'plumbline_windows_computed_total',
    'Windows computed; one that is computed again counts again.',
    ['kind'],
  ),
  rowsTotal: instruments.counter(
    'plumbline_window_rows_total',
    'Rows written for computed windows.',
    ['kind'],
  ),
  seconds: instruments.seconds(
    'plumbline_windows_duration_seconds',
    'Duration of one run that computed windows.',
    ['kind'],
  ),
  rollups: instruments.counter(
    'plumbline_rollups_changed_total',
    'Model calls whose rollup bit a look at the whole trace changed.',
    [],
  ),
  baselines: instruments.counter(
    'plumbline_baselines_total',
    'Baselines that were to be made by themselves.',
    ['outcome'],
  ),
  silentChanges: instruments.counter(
    'plumbline_silent_changes_total',
    'Changes of the model behind an alias that nobody told.',
    [],
  ),
  failures: instruments.counter('plumbline_jobs_failed_total', 'Runs of a job that failed.', [
    'job',
  ]),
});

/** The jobs that run beside the hot path. */
export const createMonitorEvents = (instruments: Instruments) => {
  const { windowsTotal, rowsTotal, seconds, rollups, ...counts } = createCounts(instruments);
  const { baselines, silentChanges, failures } = counts;
  return {
    windowsComputed: ({ kind, windows, rows, durationMs }: WindowsComputed): void => {
      windowsTotal.inc({ kind }, windows);
      rowsTotal.inc({ kind }, rows);
      seconds.observe({ kind }, durationMs / 1000);
      instruments.log(
        'debug',
        'windowsComputed',
        { kind, windows, rows, durationMs },
        'computed windows',
      );
    },
    baselineCreated: ({ model, version, segment, rows, features }: BaselineMade): void => {
      baselines.inc({ outcome: 'created' });
      const fields = { model, version, segment, rows, features };
      instruments.log('info', 'baselineCreated', fields, 'made a baseline');
    },
    baselineRefused: ({ model, version, segment, reason }: BaselineNotMade): void => {
      baselines.inc({ outcome: 'refused' });
      const fields = { model, version, segment, reason };
      instruments.log('info', 'baselineRefused', fields, 'made no baseline');
    },
    silentChange: ({ model, text }: { readonly model: string; readonly text: string }): void => {
      silentChanges.inc();
      instruments.log('warn', 'silentChange', { model, text }, 'the model behind an alias changed');
    },
    rollupsChanged: ({ n }: { readonly n: number }): void => {
      rollups.inc(n);
      instruments.log('debug', 'rollupsChanged', { count: n }, 'changed rollup bits');
    },
    jobFailed: ({ job, reason }: JobFailed): void => {
      failures.inc({ job });
      instruments.logLimited('error', 'jobFailed', job, { job, reason }, 'a job failed');
    },
  };
};
