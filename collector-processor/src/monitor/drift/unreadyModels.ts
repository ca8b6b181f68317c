import { quoteText } from '../quoteText';
import type { Statements } from '../statements';
import { inRange } from '../timeText';
import type { DriftSettings } from './driftSettings';
import { totalOf } from './featureCounts';
import { type ModelVersion, UNIT, unitKey, unitsIn } from './driftUnit';
import type { StoredBaseline } from './readBaselines';

/** So long after a baseline was made its windows may still be under way; what is missing later will not come. */
const MAKING_MS = 600_000;
/** Share of the baseline's rows that its windows must have: those at the ends of its range are cut. */
const ENOUGH = 0.95;

export const modelKey = (unit: ModelVersion): string => unitKey({ ...unit, version: '' });

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
      segment === '' && toMs - fromMs >= referenceMs && nowMs - Number(rowVersion) < MAKING_MS,
  );
  const unready = new Set<string>();
  // One of its features tells: the windows of all are made together.
  for (const one of new Map(young.map((each) => [unitKey(each), each])).values()) {
    const [made] = await statements.read<{ rows: number }>(
      `SELECT sum(n) AS rows FROM ml_feature_windows FINAL
WHERE ${inRange(one)} AND ${unitsIn([one])} AND segment = '' AND feature = ${quoteText(one.feature)} AND bins_version = ${one.binsVersion}
GROUP BY ${UNIT}`,
    );
    if ((made?.rows ?? 0) < ENOUGH * totalOf(one.counts)) unready.add(modelKey(one));
  }
  return unready;
}
