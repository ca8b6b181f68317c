import { quoteText } from '../quoteText';
import type { Statements } from '../statements';
import { inRange } from '../timeText';
import type { DriftSettings } from './driftSettings';
import { totalOf } from './featureCounts';
import { modelKey, type ModelVersion, UNIT, unitKey, unitsIn } from './driftUnit';
import type { StoredBaseline } from './readBaselines';

/** So long after a baseline was made its windows may still be under way; what is missing later will not come. */
const MAKING_MS = 600_000;
/** Share of the baseline's rows that its windows must have: those at the ends of its range are cut. */
const ENOUGH = 0.95;

/**
 * Models with a baseline whose windows are not all made yet: a test would be calibrated on too few of them. Only what is
 * long enough to be calibrated on windows is waited for.
 */
export async function unreadyModels(
  statements: Statements,
  baselines: readonly StoredBaseline[],
  nowMs: number,
  { referenceMs }: Pick<DriftSettings, 'referenceMs'>,
): Promise<Set<string>> {
  const young = baselines.filter(
    ({ segment, fromMs, toMs, rowVersion }) =>
      toMs - fromMs >= referenceMs && segment === '' && nowMs - Number(rowVersion) < MAKING_MS,
  );
  // One of its features tells: the windows of all are made together.
  const asked = [...new Map(young.map((each) => [unitKey(each), each])).values()];
  if (asked.length === 0) return new Set();
  const windows = asked.map(
    (one) =>
      `(${unitsIn([one])} AND ${inRange(one)} AND feature = ${quoteText(one.feature)} AND bins_version = ${one.binsVersion})`,
  );
  const range = {
    fromMs: Math.min(...asked.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...asked.map(({ toMs }) => toMs)),
  };
  const rows = await statements.read<ModelVersion & { made: number }>(
    `SELECT ${UNIT}, sum(n) AS made FROM ml_feature_windows FINAL
WHERE ${inRange(range)} AND segment = '' AND (${windows.join(' OR ')})
GROUP BY ${UNIT}`,
  );
  const made = new Map(rows.map((row) => [unitKey(row), row.made]));
  const unready = asked.filter(
    (one) => (made.get(unitKey(one)) ?? 0) < ENOUGH * totalOf(one.counts),
  );
  return new Set(unready.map(modelKey));
}
