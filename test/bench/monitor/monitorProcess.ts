import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import {
  DRIFT_JOB_DEFAULTS,
  type DriftJobSettings,
} from '@plumbline/collector-processor/dist/monitor/drift/driftJob';
import { DriftPass } from '@plumbline/collector-processor/dist/monitor/drift/driftPass';
import { createFeatureWindows } from '@plumbline/collector-processor/dist/monitor/features/featureWindows';
import { LookAround } from '@plumbline/collector-processor/dist/monitor/lookAround';
import { createStatements } from '@plumbline/collector-processor/dist/monitor/statements';
import { WINDOW_JOB_DEFAULTS } from '@plumbline/collector-processor/dist/monitor/windowJobSettings';
import { WindowPass } from '@plumbline/collector-processor/dist/monitor/windowPass';
import { serveTask } from '../process/childTask';

export interface HourTask {
  readonly url: string;
  readonly hourMs: number;
}

export interface HourReport {
  readonly windowsS: number;
  readonly driftS: number;
}

const HOUR_MS = 3_600_000;
const STATEMENT_TIMEOUT_MS = 600_000;

const since = (startedAt: number): number => (performance.now() - startedAt) / 1000;

/** What the processor's two jobs do about one hour that is over, a minute after its end. */
async function evaluateHour({ url, hourMs }: HourTask): Promise<HourReport> {
  const client = createClient({
    url,
    request_timeout: STATEMENT_TIMEOUT_MS,
    log: { level: ClickHouseLogLevel.ERROR },
  });
  const { signal } = new AbortController();
  const statements = createStatements(
    client,
    { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
    { stopping: signal, abandoning: signal },
  );
  const nowMs = hourMs + HOUR_MS + 60_000;
  const settings = WINDOW_JOB_DEFAULTS;
  const kind = createFeatureWindows(settings.windowMinutes);
  const windows = new WindowPass(kind, statements, { ...settings, latenessMs: 0 });
  const around = new LookAround(statements, [kind.table]);
  const driftSettings: DriftJobSettings = { ...DRIFT_JOB_DEFAULTS, latenessMs: nowMs - hourMs };
  const drift = new DriftPass(statements, driftSettings);
  try {
    const windowsAt = performance.now();
    await windows.run(nowMs, await around.look());
    const windowsS = since(windowsAt);
    const driftAt = performance.now();
    await drift.run(nowMs);
    return { windowsS, driftS: since(driftAt) };
  } finally {
    await client.close();
  }
}

serveTask(evaluateHour);
