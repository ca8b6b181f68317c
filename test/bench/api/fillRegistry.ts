import type { ClickHouseClient } from '@clickhouse/client';

const MODELS = 500;
/** Stored predictions of the model that predictions are asked of. */
export const PREDICTIONS = 200_000;
const FEATURES = 20;
const NOW = Date.now();
const PIECE = 20_000;
const NAMES = Array.from({ length: FEATURES }, (_, k) => `'f${k}'`).join(', ');

/** Predictions from number `from` on, each with a label and attributions. */
async function fillPredictions(
  run: (query: string) => Promise<unknown>,
  tenant: string,
  from: number,
): Promise<void> {
  const columns = 'tenant, environment, model, version, time, inference_id';
  const values = `'${tenant}', 'prod', 'scored', 'v1', fromUnixTimestamp64Milli(toInt64(${NOW})) - toIntervalSecond(number), 'p-' || toString(number)`;
  const features = `CAST((array(${NAMES}), arrayMap(k -> (cityHash64(number, k) % 1000) / 1000, range(${FEATURES}))), 'Map(LowCardinality(String), Float64)')`;
  const numbers = `FROM numbers(${from}, ${PIECE})`;
  await run(`INSERT INTO ml_inferences (${columns}, trace_id, operation, model_type, score, prediction_label, feature_numbers)
SELECT ${values}, 't-' || toString(number), 'predict', 'binary', (cityHash64(number) % 1000) / 1000 AS p, if(p > 0.9, 'bad', 'good'), ${features} ${numbers}`);
  await run(
    `INSERT INTO ml_labels (${columns}, record_id, label) SELECT ${values}, toString(number), 'bad' ${numbers}`,
  );
  await run(
    `INSERT INTO ml_explanations (${columns}, record_id, attributions) SELECT ${values}, toString(number), ${features} ${numbers}`,
  );
}

/** Five hundred models of two versions, and one with many predictions of twenty features, a baseline and labels. */
export async function fillRegistry(store: ClickHouseClient, tenant: string): Promise<void> {
  const run = (query: string) => store.command({ query });
  await run(`INSERT INTO ml_inferences (tenant, environment, model, version, time, inference_id, operation, service)
SELECT '${tenant}', 'prod', 'model-' || toString(number % ${MODELS}), 'v' || toString(number % 2), now64(3) - number % 3600, 'r-' || toString(number), 'predict', 'checkout'
FROM numbers(20000)`);
  await run(`INSERT INTO ml_model_metadata (tenant, environment, model, version, owner, team, description)
SELECT '${tenant}', 'prod', 'model-' || toString(number), '', 'eve', 'risk', 'scores payments' FROM numbers(${MODELS})`);
  await run(`INSERT INTO ml_stage_changes (tenant, environment, model, version, time, change_id, to_stage)
SELECT '${tenant}', 'prod', 'model-' || toString(number), 'v0', now64(3), toString(number), 'production' FROM numbers(${MODELS})`);
  // A piece at a time: the engine bounds the memory of one statement.
  for (let from = 0; from < PREDICTIONS; from += PIECE) await fillPredictions(run, tenant, from);
  await run(`INSERT INTO ml_bins (tenant, environment, model, feature, bins_version, kind, edges)
SELECT '${tenant}', 'prod', 'scored', 'f' || toString(number), 1, 'number', arrayMap(k -> k / 24, range(1, 24)) FROM numbers(${FEATURES})`);
  await run(`INSERT INTO ml_baselines (tenant, environment, model, version, feature, baseline, bins_version, n, counts, sum, sum_squares)
SELECT '${tenant}', 'prod', 'scored', 'v1', 'f' || toString(number), 'b1', 1, 24000, arrayConcat(arrayResize([1000], 24, 1000), [0, 0]), 12000, 8000 FROM numbers(${FEATURES})`);
}
