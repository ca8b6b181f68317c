import type { ClickHouseClient } from '@clickhouse/client';

/** What is in the store before the hour is evaluated, and the hour itself. */
export interface MonitorLoad {
  readonly models: number;
  readonly features: number;
  /** Rows of each model in an hour. */
  readonly rows: number;
  /** Hours of raw rows, the evaluated one with them. */
  readonly hours: number;
  /** Hours before the evaluated one that the baselines are of. */
  readonly referenceHours: number;
  /** Start of the evaluated hour, Unix milliseconds. */
  readonly hourMs: number;
}

const HOUR_MS = 3_600_000;
const BINS_VERSION = 1;
/** Values that one statement makes: they are in memory at once. */
const VALUES_PER_INSERT = 2_000_000;
/** The same of windows, bins and baselines, each with several arrays of 24. */
const CELLS_PER_INSERT = 20_000;
/** The last window of an hour stands for all of it: where the stored ones end, computing goes on. */
const LAST_WINDOW_MS = 55 * 60_000;

const at = (ms: number): string => `fromUnixTimestamp64Milli(toInt64(${ms}))`;

/** Normally distributed features, at the same moments in each hour; told when they happened, so that none is late. */
const rawRows = (
  { features, rows }: MonitorLoad,
  first: number,
  models: number,
  fromMs: number,
): string => `INSERT INTO ml_inferences
  (tenant, environment, model, version, time, received_at, written_at, row_version, inference_id, service, operation, model_type, status, feature_numbers)
SELECT 'default', 'prod', concat('model-', toString(${first} + intDiv(number, ${rows}))), 'v1',
  ${at(fromMs)} + toIntervalMillisecond(intDiv((number % ${rows}) * ${HOUR_MS}, ${rows})) AS moment, moment, moment, ${fromMs},
  lower(hex(sipHash128(number, ${first}, ${fromMs}))), 'bench', 'predict', 'regression', 'ok',
  mapFromArrays(arrayMap(f -> concat('f', toString(f)), range(${features})), arrayMap(f -> randNormal(0, 1, f + number), range(${features})))
FROM numbers(${rows * models})`;

/** 24 bins of the standard normal distribution: their shares, and what values of them sum to on average. */
const BINS = `
  arrayMap(i -> (i - 11) / 5, range(23)) AS bin_edges,
  arrayPushBack(arrayMap(edge -> (1 + erf(edge / sqrt(2))) / 2, bin_edges), 1) AS below,
  arrayConcat(arrayDifference(below), []) AS steps,
  arrayMap((step, i) -> if(i = 1, below[1], step), steps, arrayEnumerate(steps)) AS shares,
  arrayMap(edge -> exp(-edge * edge / 2) / sqrt(2 * pi()), bin_edges) AS heights,
  arrayMap((low, high) -> low - high, arrayPushFront(heights, 0), arrayPushBack(heights, 0)) AS moments`;

/** Features of all models, counted through. */
interface Cells {
  readonly first: number;
  readonly count: number;
}

const cellOf = ({ features }: MonitorLoad, number: string): string =>
  `'default' AS tenant, 'prod' AS environment, concat('model-', toString(intDiv(${number}, ${features}))) AS model, concat('f', toString(${number} % ${features})) AS feature`;

const bins = (load: MonitorLoad, { first, count }: Cells): string => `INSERT INTO ml_bins
  (tenant, environment, model, feature, bins_version, kind, edges, created_at, row_version)
WITH ${BINS}
SELECT ${cellOf(load, 'number')}, ${BINS_VERSION}, 'number', bin_edges, ${at(load.hourMs)}, 1
FROM numbers(${first}, ${count})`;

const baselines = (load: MonitorLoad, { first, count }: Cells): string => {
  const n = load.rows * load.referenceHours;
  const fromMs = load.hourMs - load.referenceHours * HOUR_MS;
  return `INSERT INTO ml_baselines
  (tenant, environment, model, feature, version, segment, baseline, bins_version, n, counts, sums, sum, sum_squares, from_time, to_time, source, created_at, row_version)
WITH ${BINS}
SELECT ${cellOf(load, 'number')}, 'v1', '', 'bench', ${BINS_VERSION}, ${n},
  arrayConcat(arrayMap(share -> toUInt64(round(${n} * share)), shares), [0, 0]), arrayConcat(arrayMap(part -> ${n} * part, moments), [0., 0.]),
  0, ${n}, ${at(fromMs)}, ${at(load.hourMs)}, 'auto', ${at(load.hourMs)}, 1
FROM numbers(${first}, ${count})`;
};

/** Stored windows of one hour of the reference, with the noise that rows make. */
const referenceWindows = (load: MonitorLoad, { first, count }: Cells, fromMs: number) => {
  const { rows } = load;
  return `INSERT INTO ml_feature_windows
  (tenant, environment, model, feature, version, segment, time, bins_version, window_minutes, n, counts, sums, sum, sum_squares, window_version, computed_at)
WITH ${BINS}
SELECT ${cellOf(load, `(${first} + number)`)}, 'v1', '', ${at(fromMs + LAST_WINDOW_MS)}, ${BINS_VERSION}, 5, arraySum(drawn) AS n,
  arrayConcat(drawn, [0, 0]), arrayMap((count, part, share) -> count * part / greatest(share, 1e-9), drawn, moments, shares) AS parts, arraySum(parts), ${rows}, 1, ${at(fromMs + HOUR_MS)}
FROM (
  SELECT number, arrayMap((share, i) -> toUInt64(greatest(0, round(${rows} * share + sqrt(${rows} * share) * randNormal(0, 1, i + number)))), shares, arrayEnumerate(shares)) AS drawn
  FROM (WITH ${BINS} SELECT number, shares FROM numbers(${count}))
)`;
};

/**
 * Fills an empty store with what a processor leaves behind: raw rows of some hours, baselines, and stored windows of the
 * reference. Windows of the evaluated hour are not there.
 */
export async function fillHours(client: ClickHouseClient, load: MonitorLoad): Promise<void> {
  const { models, features, rows, hours, referenceHours, hourMs } = load;
  const run = (query: string) =>
    client.command({ query, clickhouse_settings: { max_partitions_per_insert_block: '1000' } });
  const modelsAtOnce = Math.max(1, Math.floor(VALUES_PER_INSERT / features / rows));
  for (let hour = hours - 1; hour >= 0; hour--) {
    for (let first = 0; first < models; first += modelsAtOnce) {
      const count = Math.min(modelsAtOnce, models - first);
      await run(rawRows(load, first, count, hourMs - hour * HOUR_MS));
    }
  }
  for (let first = 0; first < models * features; first += CELLS_PER_INSERT) {
    const cells = { first, count: Math.min(CELLS_PER_INSERT, models * features - first) };
    await run(bins(load, cells));
    await run(baselines(load, cells));
    for (let hour = referenceHours; hour >= 1; hour--) {
      await run(referenceWindows(load, cells, hourMs - hour * HOUR_MS));
    }
  }
}
