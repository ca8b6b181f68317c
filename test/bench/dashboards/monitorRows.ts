import { at, DAY_MS, DAYS, HOURS, list, MODELS } from './load';

const FEATURES = 10;
const CLASSICAL = MODELS.slice(0, 4);
const SEGMENTS = ['', 'country=DE', 'country=FR'];
const CELL = `${list(CLASSICAL)}[number % 4 + 1] AS model,
  'f' || toString(intDiv(number, 4) % ${FEATURES}) AS feature, ${list(SEGMENTS)}[intDiv(number, ${4 * FEATURES}) % 3 + 1] AS segment`;
const CELLS = CLASSICAL.length * FEATURES * SEGMENTS.length;
const COUNTS = 'arrayMap(bin -> toUInt64(40 + bin), range(26))';
const METRICS = ['accuracy', 'precision', 'recall', 'f1', 'roc_auc'];
const IDENTITY = "'default', 'prod'";

/** Verdicts, an hour, feature (or metric) and segment a row. */
const verdicts = (fromMs: number): readonly string[] => {
  const hour = `${at(fromMs)} + toIntervalHour(intDiv(number, ${CELLS}))`;
  const measured = CLASSICAL.length * METRICS.length * SEGMENTS.length;
  return [
    `INSERT INTO ml_drift (tenant, environment, model, feature, segment, version, time, window_minutes, status, score, n, reference_n, detectable_effect, psi, js, page, features, features_drifted, top_feature)
SELECT ${IDENTITY}, ${CELL}, 'v1', ${hour}, 60, 'ok', number % 100 / 50, 900, 9000, 0.1, 0.05, 0.01, 0, 10, 0, 'f1' FROM numbers(${CELLS * HOURS})`,
    `INSERT INTO ml_drift (tenant, environment, model, version, time, window_minutes, status, score, page, features, features_drifted, top_feature)
SELECT ${IDENTITY}, ${list(CLASSICAL)}[number % 4 + 1], 'v1', ${at(fromMs)} + toIntervalHour(intDiv(number, 4)), 60, 'ok', 0.2, intDiv(number, 4) % 97 = 0, 10, 1, 'f1' FROM numbers(${4 * HOURS})`,
    `INSERT INTO ml_quality (tenant, environment, model, feature, version, time, check, window_minutes, status, violations, n, rate)
SELECT * EXCEPT segment FROM (SELECT ${IDENTITY}, ${CELL}, 'v1', ${hour} AS time, 'missing', 60, 'ok', 3, 900, 0.003 FROM numbers(${CELLS * HOURS})) WHERE segment = ''`,
    `INSERT INTO ml_performance (tenant, environment, model, metric, segment, version, time, value, low, high, n, labelled_n, label_coverage, label_lag_s, status, settled_status)
SELECT ${IDENTITY}, ${list(CLASSICAL)}[number % 4 + 1], ${list(METRICS)}[intDiv(number, 4) % ${METRICS.length} + 1], ${list(SEGMENTS)}[intDiv(number, ${4 * METRICS.length}) % 3 + 1],
  'v1', ${at(fromMs)} + toIntervalHour(intDiv(number, ${measured})), 0.9, 0.8, 0.95, 900, 300, 0.3, 60, 'measured', 'measured' FROM numbers(${measured * HOURS})`,
  ];
};

/** A day at a time: the counts of all days do not fit into the memory that a statement of the embedded engine may use. */
const dayOfWindows = (fromMs: number): string =>
  `INSERT INTO ml_feature_windows (tenant, environment, model, feature, segment, version, time, bins_version, window_minutes, n, counts)
SELECT ${IDENTITY}, ${CELL}, 'v1', ${at(fromMs)} + toIntervalMinute(5 * intDiv(number, ${CELLS})), 1, 5, 1365, ${COUNTS} FROM numbers(${CELLS * 24 * 12})`;

/** Bins, baselines and the windows that are counted on them: of five minutes each. */
const counts = (fromMs: number): readonly string[] => [
  `INSERT INTO ml_bins (tenant, environment, model, feature, bins_version, kind, edges, created_at, row_version)
SELECT * EXCEPT segment FROM (SELECT ${IDENTITY}, ${CELL}, 1, 'number', arrayMap(edge -> toFloat64(edge), range(23)), ${at(fromMs)}, 1 FROM numbers(${CELLS})) WHERE segment = ''`,
  `INSERT INTO ml_baselines (tenant, environment, model, feature, segment, version, baseline, bins_version, n, counts, from_time, to_time, source, created_at, row_version)
SELECT ${IDENTITY}, ${CELL}, 'v1', 'b1', 1, 1365, ${COUNTS}, ${at(fromMs)}, ${at(fromMs)}, 'auto', ${at(fromMs)}, 1 FROM numbers(${CELLS})`,
  ...Array.from({ length: DAYS }, (_, day) => dayOfWindows(fromMs + day * DAY_MS)),
];

/** What happened to models, who was told, and what judges and people said: some of each hour. */
const records = (fromMs: number): readonly string[] => [
  `INSERT INTO ml_model_events (tenant, environment, model, event_id, time, event, text)
SELECT ${IDENTITY}, 'fraud', toString(number), ${at(fromMs)} + toIntervalHour(number), ['deployed', 'silent_change'][number % 2 + 1], 'told' FROM numbers(${HOURS})`,
  `INSERT INTO ml_alert_events (tenant, environment, model, version, time, event_id, rule_uid, rule, state, labels, starts_at)
SELECT ${IDENTITY}, ${list(MODELS)}[number % ${MODELS.length} + 1] AS model, 'v1', ${at(fromMs)} + toIntervalHour(intDiv(number, 2)) AS time, toString(number), 'plumbline-latency', 'Latency', ['firing', 'resolved'][number % 2 + 1], map('model', model), time FROM numbers(${2 * HOURS})`,
  `INSERT INTO ml_evaluations (tenant, environment, model, version, time, inference_id, record_id, name, score)
SELECT ${IDENTITY}, ${list(MODELS.slice(4))}[number % 4 + 1], 'v1', ${at(fromMs)} + toIntervalSecond(36 * number), hex(sipHash128(number)), toString(number), ['faithful', 'helpful'][number % 2 + 1], number % 100 / 100 FROM numbers(${HOURS * 100})`,
  `INSERT INTO ml_feedback (tenant, environment, model, version, time, inference_id, record_id, score)
SELECT ${IDENTITY}, ${list(MODELS.slice(4))}[number % 4 + 1], 'v1', ${at(fromMs)} + toIntervalSecond(180 * number), hex(sipHash128(number)), toString(number), number % 5 FROM numbers(${HOURS * 20})`,
];

/** What the monitor and the API leave behind in thirty days from `fromMs` on. */
export const monitorRows = (fromMs: number): readonly string[] => [
  ...verdicts(fromMs),
  ...counts(fromMs),
  ...records(fromMs),
];
