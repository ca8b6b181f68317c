import { groupBy } from '../groupBy';
import type { Statements } from '../statements';
import { inRange } from '../timeText';
import type { DirtyUnit } from './dirtyUnits';
import { keyOf, type ModelVersion, UNIT, unitKey, unitsIn } from './driftUnit';
import type { HourRow } from './readWindows';

/** Evidence older than this is not carried on. */
const FORGET_MS = 7 * 86_400_000;

type Streams = readonly number[];

/** Evidence after an hour, by version and segment, and then by feature. */
export class Evidence {
  private readonly segments = new Map<string, Map<string, Streams>>();

  /** Of a segment of a version; what is added to it stays. `unit`: see `unitKey`. */
  of(unit: string, segment: string): Map<string, Streams> {
    const key = keyOf(unit, segment);
    let features = this.segments.get(key);
    if (features === undefined) this.segments.set(key, (features = new Map<string, Streams>()));
    return features;
  }
}

/**
 * Evidence of the last hour before the first to decide. Nearly always that is the hour before; only versions of which a
 * feature of `hours` was not decided then are looked up in the week before it.
 */
export async function readEvidence(
  statements: Statements,
  units: readonly DirtyUnit[],
  hours: readonly (readonly HourRow[])[],
  hourMs: number,
): Promise<Evidence> {
  const found = new Evidence();
  await addEvidence(statements, units, hourMs, found);
  const lacking = new Set<string>();
  for (const rows of hours) {
    const unit = unitKey(rows[0]!);
    if (lacking.has(unit)) continue;
    if (rows.some(({ segment, feature }) => !found.of(unit, segment).has(feature)))
      lacking.add(unit);
  }
  const incomplete = units.filter((unit) => lacking.has(unitKey(unit)));
  if (incomplete.length > 0) await addEvidence(statements, incomplete, FORGET_MS, found);
  return found;
}

async function addEvidence(
  statements: Statements,
  units: readonly DirtyUnit[],
  lookBackMs: number,
  found: Evidence,
): Promise<void> {
  const groups = [...groupBy(units, ({ fromMs }) => String(fromMs)).values()];
  const before = groups.map((group) => {
    const toMs = group[0]!.fromMs;
    return `(${unitsIn(group)} AND ${inRange({ fromMs: toMs - lookBackMs, toMs })})`;
  });
  const fromMs = Math.min(...units.map((unit) => unit.fromMs)) - lookBackMs;
  const toMs = Math.max(...units.map((unit) => unit.fromMs));
  const rows = await statements.read<
    ModelVersion & { segment: string; feature: string; streams: number[] }
  >(
    `SELECT ${UNIT}, segment, feature, argMax(evidence_streams, time) AS streams
FROM ml_drift FINAL
WHERE ${inRange({ fromMs, toMs })} AND feature != '' AND (${before.join(' OR ')})
GROUP BY ${UNIT}, segment, feature`,
  );
  for (const row of rows) {
    found.of(unitKey(row), row.segment).set(row.feature, row.streams);
  }
}
