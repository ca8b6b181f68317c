import { parseArgs } from 'node:util';
import { createClient } from '@clickhouse/client';
import { migrate } from '@plumbline/collector-processor/dist/store/migrate';
import { startEngine } from '../process/startEngine';
import { quantile } from '../statistics';
import { fillStore } from './fillStore';
import { DAY_MS, DAYS } from './load';
import { type Timing, timeQueries } from './timeQueries';

const USAGE = `npm run bench:dashboards -- [options]
  --rows N   inferences of thirty days (10000000)
  --runs N   runs of each query after its warm-up (3)
  --long     the same for 100000000 inferences, printed beside it
  --json     the last line is a JSON array of {"name","value","unit","goal","holds"}`;
const FIGURE = 'dashboard_query_p95_ms';
const GOAL_MS = 50;
const LONG_ROWS = 100_000_000;
const SLOWEST = 12;
const HOUR_MS = 3_600_000;

const p95 = (timings: readonly Timing[]): number =>
  quantile(
    timings.map(({ ms }) => ms),
    0.95,
  );

/** The slowest queries by the median of their runs. */
function slowest(timings: readonly Timing[]): string {
  const names = [...new Set(timings.map(({ name }) => name))];
  return names
    .map((name) => ({
      name,
      ms: quantile(
        timings.filter((timing) => timing.name === name).map(({ ms }) => ms),
        0.5,
      ),
    }))
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, SLOWEST)
    .map(({ name, ms }) => `  ${ms.toFixed(1).padStart(8)} ms  ${name}`)
    .join('\n');
}

/** p95 over every query of every dashboard at its own range, of a store with `rows` inferences. */
async function measure(rows: number, runs: number): Promise<number> {
  const engine = await startEngine();
  const client = createClient({ url: engine.url, request_timeout: 600_000 });
  try {
    const nowMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
    await migrate({ client, events: { migrationApplied: () => undefined } });
    const begun = performance.now();
    await fillStore(client, rows, nowMs);
    console.log(
      `${rows} inferences, filled in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
    );
    const own = await timeQueries(client, { nowMs, runs });
    console.log(
      `${rows} inferences, each dashboard over its own range: p50 ${quantile(
        own.map(({ ms }) => ms),
        0.5,
      ).toFixed(1)} ms, p95 ${p95(own).toFixed(1)} ms; slowest:\n${slowest(own)}`,
    );
    const all = await timeQueries(client, { nowMs, runs: 1, ms: DAYS * DAY_MS });
    console.log(
      `${rows} inferences, over ${DAYS} days: p95 ${p95(all).toFixed(1)} ms; slowest:\n${slowest(all)}`,
    );
    return p95(own);
  } finally {
    await client.close();
    await engine.stop();
  }
}

const positive = (name: string, text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`--${name} must be a whole number from 1, not ${text}`);
  }
  return value;
};

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '10000000' },
      runs: { type: 'string', default: '3' },
      long: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const runs = positive('runs', values.runs);
  const value = Number((await measure(positive('rows', values.rows), runs)).toFixed(1));
  if (values.long) await measure(LONG_ROWS, runs);
  const holds = value <= GOAL_MS;
  console.log(`${FIGURE}  ${value} ms  <= ${GOAL_MS}  ${holds ? 'holds' : 'MISSED'}`);
  if (values.json) {
    console.log(JSON.stringify([{ name: FIGURE, value, unit: 'ms', goal: GOAL_MS, holds }]));
  }
}

// An exit by signal would skip the handlers that end the engine.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code));
}
bench().catch((error: unknown) => {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 1;
});
