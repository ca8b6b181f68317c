import { FIRE_DRILL_TENANT } from '@plumbline/schemas/rules';
import type { WindowStore } from './startWindowStore';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The model that something is planted in, and the one that is as always. */
export const BAD = { tenant: 'default', environment: 'prod', model: 'bad' };
export const QUIET = { ...BAD, model: 'quiet' };

const seconds = (unixMs: number): string => (unixMs / 1000).toFixed(3);

/** Stored minutes, `calls` at each of them. */
const minutes = (of: object, from: number, to: number, calls: object) =>
  Array.from({ length: Math.floor((to - from) / MINUTE) }, (_, i) => ({
    ...of,
    version: 'v1',
    currency: 'USD',
    time: seconds(Math.floor(from / MINUTE) * MINUTE + i * MINUTE),
    rows: 10,
    requests: 10,
    priced_requests: 10,
    cost: 0.001,
    window_version: 1,
    ...calls,
  }));

/** The p95 of a minute is an aggregate state, so these go through the engine's own views. */
export const slowCalls = (of: object, time: number, latency_ms: number) =>
  Array.from({ length: 60 }, (_, i) => ({
    ...of,
    version: 'v1',
    time: time + i * 1000,
    latency_ms,
    cost_status: 'priced',
  }));

const counter = (environment: string, metric: string, time: number, value: number) => ({
  ServiceName: 'plumbline',
  MetricName: metric,
  ResourceAttributes: {
    'deployment.environment.name': environment,
    'service.instance.id': `${environment}-1`,
  },
  Attributes: { reason: 'any' },
  TimeUnix: Math.floor(time / 1000),
  Value: value,
});

async function plantTraffic(store: WindowStore, now: number): Promise<void> {
  const planted = [
    // A week and a day ago both were called; now only one of them is.
    ...[BAD, QUIET].flatMap((of) => [
      ...minutes(of, now - 7 * DAY - HOUR, now - 7 * DAY, {}),
      ...minutes(of, now - DAY - HOUR, now - DAY, {}),
    ]),
    ...minutes({ ...BAD, model: 'silent' }, now - 7 * DAY - 2 * HOUR, now - 2 * HOUR, {}),
    ...minutes(QUIET, now - HOUR, now, { errors: 0.1 }),
    ...minutes(BAD, now - HOUR, now, {
      errors: 4,
      cost: 5,
      cost_high: 6,
      priced_requests: 5,
      unpriced_requests: 5,
    }),
    ...minutes({ ...BAD, tenant: FIRE_DRILL_TENANT }, now - HOUR, now, { errors: 9 }),
  ];
  await store.insertRows('ml_traffic_windows', planted);
}

async function plantRecords(store: WindowStore, now: number): Promise<void> {
  const hour = Math.floor(now / HOUR) * HOUR;
  const quality = {
    ...BAD,
    version: 'v1',
    window_minutes: 60,
    feature: 'amount',
    check: 'range',
    quality_version: 1,
  };
  const told = {
    time: seconds(hour - HOUR),
    n: 1000,
    status: 'violated',
    violations: 80,
    rate: 0.08,
    expected: 0.01,
  };
  await store.insertRows('ml_quality', [
    { ...quality, ...told, page: 1, detail: 'above 100' },
    // An hour that paged before and does not any more is over.
    { ...quality, ...told, ...QUIET, page: 1, time: seconds(hour - 2 * HOUR) },
    { ...quality, ...told, ...QUIET, page: 0, violations: 10, rate: 0.01 },
  ]);
  const measured = {
    ...BAD,
    version: 'v1',
    metric: 'accuracy',
    n: 500,
    labelled_n: 400,
    status: 'measured',
    settled_status: 'measured',
    window_version: 1,
  };
  const hours = Array.from({ length: 200 }, (_, back) => ({
    ...measured,
    time: seconds(hour - back * HOUR),
    mature_at: seconds(hour),
  }));
  const accuracy = (value: number) => ({ value, low: value - 0.03, high: value + 0.03 });
  await store.insertRows('ml_performance', [
    ...hours.map((row, back) => ({ ...row, ...accuracy(back < 24 ? 0.8 : 0.9) })),
    ...hours.map((row, back) => ({ ...row, ...QUIET, ...accuracy(back % 2 === 0 ? 0.9 : 0.89) })),
  ]);
  await store.insertRows('ml_model_events', [
    {
      ...BAD,
      event_id: '1',
      time: seconds(now - HOUR),
      event: 'silent_change',
      text: 'answers became longer',
      version: 'v1',
    },
    { ...QUIET, event_id: '2', time: seconds(now - HOUR), event: 'deployed', text: 'v2' },
  ]);
}

async function plantProcessors(store: WindowStore, now: number): Promise<void> {
  const times = Array.from({ length: 20 }, (_, i) => now - (20 - i) * MINUTE);
  const always = (metric: string, bad: (i: number) => number, quiet: (i: number) => number) =>
    times.flatMap((time, i) => [
      counter('bad', metric, time, bad(i)),
      counter('quiet', metric, time, quiet(i)),
    ]);
  await store.insertRows('otel_metrics_sum', [
    ...always(
      'plumbline_requests_answered_total',
      (i) => i,
      (i) => i,
    ),
    ...always(
      'plumbline_requests_refused_total',
      (i) => 10 * i,
      () => 7,
    ),
    ...always(
      'plumbline_jobs_failed_total',
      (i) => i,
      () => 0,
    ),
    // A counter with a label is not there before it first counts: its first value is all loss.
    counter('bad', 'plumbline_rows_dead_lettered_total', now - 2 * MINUTE, 12),
    // An instance that comes back tells what it lost in an earlier life of it, once.
    ...times.map((time) => counter('quiet', 'plumbline_rows_dead_lettered_total', time, 5)),
  ]);
}

/** Rows that all rules but those of drift, latency and missing data look at: something is wrong in `BAD` and in environment `bad`. */
export async function plantRuleRows(store: WindowStore, now: number): Promise<void> {
  await plantTraffic(store, now);
  await plantRecords(store, now);
  await plantProcessors(store, now);
}
