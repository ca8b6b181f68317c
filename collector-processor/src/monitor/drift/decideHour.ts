import { groupBy } from '../groupBy';
import { driftRows } from './driftRows';
import type { DriftSettings } from './driftSettings';
import { type ModelVersion, unitKey } from './driftUnit';
import { evaluateFeature } from './evaluateFeature';
import { type EvaluatedFeature, evaluateModel } from './evaluateModel';
import type { FeatureReference } from './featureReference';
import type { Evidence } from './readEvidence';
import type { HourRow } from './readWindows';

/** A window with what it is compared with; undefined: nothing on its bins. */
export interface ReferredRow {
  readonly row: HourRow;
  readonly reference: FeatureReference | undefined;
}

/** Decides all segments of one hour of a version. `evidence` gets what it has after the hour. */
export function decideHour(
  unit: ModelVersion,
  own: readonly ReferredRow[],
  evidence: Evidence,
  settings: DriftSettings,
): { readonly rows: object[]; readonly pages: number } {
  const key = unitKey(unit);
  const segments = groupBy(own, ({ row }) => row.segment);
  const driftVersion = versionOf(own);
  const rows: object[] = [];
  let pages = 0;
  for (const [segment, ofSegment] of segments) {
    const streamsOf = evidence.of(key, segment);
    const features = [...groupBy(ofSegment, ({ row }) => row.feature)].map(
      ([feature, several]): EvaluatedFeature => {
        // Around a change of bins an hour has windows on both: those of the baseline count.
        const used = several.find(({ reference }) => reference !== undefined) ?? several[0]!;
        const before = streamsOf.get(feature) ?? [];
        return { feature, before, verdict: evaluateFeature(used.reference, used.row, settings) };
      },
    );
    const decision = evaluateModel(features, segments.size, settings);
    for (const { feature, streams } of decision.features) {
      streamsOf.set(feature, streams);
    }
    if (decision.page) pages++;
    const { timeMs } = own[0]!.row;
    const windowMinutes = settings.windowMs / 60_000;
    rows.push(...driftRows({ unit, segment, timeMs, windowMinutes, driftVersion }, decision));
  }
  return { rows, pages };
}

/** Newest write in the upper 64 bits, rows read in the lower ones: of two states of an hour the fuller one stays. */
function versionOf(rows: readonly ReferredRow[]): string {
  let [newest, read] = [0n, 0n];
  for (const { row } of rows) {
    const written = BigInt(row.newest);
    if (written > newest) newest = written;
    read += BigInt(row.rowsRead);
  }
  return String((newest << 64n) + BigInt.asUintN(64, read));
}
