import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { createPricer } from '@plumbline/collector-processor/dist/enrich/price/pricer';
import {
  createDriftJob,
  DRIFT_JOB_DEFAULTS,
} from '@plumbline/collector-processor/dist/monitor/drift/driftJob';
import {
  createQualityJob,
  QUALITY_JOB_DEFAULTS,
} from '@plumbline/collector-processor/dist/monitor/quality/qualityJob';
import { createWindowJob } from '@plumbline/collector-processor/dist/monitor/windowJob';
import { WINDOW_JOB_DEFAULTS } from '@plumbline/collector-processor/dist/monitor/windowJobSettings';
import { serveTask } from '../process/childTask';

export interface DelayTask {
  readonly url: string;
  readonly hourMs: number;
  readonly models: number;
}

export interface DelayReport {
  /** From the end of the hour and the watermark to the last model's row. */
  readonly delayS: number;
}

const HOUR_MS = 3_600_000;
/** So long before its windows are due the jobs run on their own schedule: several of their pauses. */
const LEAD_MS = 17_000;
const POLL_MS = 50;
const PATIENCE_MS = 120_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const fail = ({ job, reason }: { job: string; reason: string }): never => {
  throw new Error(`${job}: ${reason}`);
};

/**
 * Lets the processor's jobs run over the moment at which an hour is over and settled. What was over before is computed before,
 * as in a processor that has been running; the jobs' clock is moved there, so that nobody has to wait for a full hour.
 */
async function measureDelay({ url, hourMs, models }: DelayTask): Promise<DelayReport> {
  const client = createClient({ url, log: { level: ClickHouseLogLevel.ERROR } });
  const { settleMs, graceMs } = WINDOW_JOB_DEFAULTS;
  const dueMs = hourMs + HOUR_MS + settleMs + graceMs;
  let runningSince = Infinity;
  const clock = (): number => dueMs - LEAD_MS + Math.max(0, performance.now() - runningSince);
  const now = (): Promise<number> => Promise.resolve(clock());
  const nothing = (): void => undefined;
  const events = {
    ...{ windowsComputed: nothing, baselineCreated: nothing, baselineRefused: nothing },
    ...{ silentChange: nothing, rollupsChanged: nothing, jobFailed: fail },
  };
  const deciding = [
    createDriftJob({ client, events, now }, DRIFT_JOB_DEFAULTS),
    createQualityJob({ client, events, now }, QUALITY_JOB_DEFAULTS),
  ];
  const onFeatureWindows = (): void => {
    for (const job of deciding) job.wake();
  };
  const windows = createWindowJob(
    { client, events, now, onFeatureWindows, pricer: createPricer([]) },
    WINDOW_JOB_DEFAULTS,
  );
  const decided = async (): Promise<boolean> => {
    const answer = await client.query({
      query: `SELECT count() AS n FROM ml_drift FINAL WHERE feature = '' AND time = fromUnixTimestamp64Milli(toInt64(${hourMs}))`,
      format: 'JSONEachRow',
    });
    const [row] = await answer.json<{ n: string }>();
    return Number(row!.n) === models;
  };
  while (!(await windows.runNow())) await pause(POLL_MS);
  for (const job of deciding) await job.runNow();
  runningSince = performance.now();
  const jobs = [windows, ...deciding];
  try {
    for (const job of jobs) await job.start();
    while (!(await decided())) {
      if (clock() > dueMs + PATIENCE_MS) throw new Error('the hour was not decided');
      await pause(POLL_MS);
    }
    return { delayS: (clock() - dueMs) / 1000 };
  } finally {
    for (const job of jobs) await job.stop(AbortSignal.timeout(10_000));
    await client.close();
  }
}

serveTask(measureDelay);
