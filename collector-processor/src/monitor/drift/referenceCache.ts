import type { Statements } from '../statements';
import type { DriftSettings } from './driftSettings';
import { keyOf, type ModelVersion, unitKey } from './driftUnit';
import { type FeatureReference, featureReference } from './featureReference';
import type { StoredBaseline } from './readBaselines';
import { type HourRow, readWindows } from './readWindows';

/** References are kept up to this number: each holds the windows of a week, about 100 kB. */
const MOST = 2_000;

const idOf = (one: StoredBaseline): string =>
  keyOf(unitKey(one), one.segment, one.feature, one.baseline, one.rowVersion);

/** Baselines made ready for tests, remembered: they are frozen, and a changed one has another `row_version`. */
export class ReferenceCache {
  private readonly statements: Statements;
  private readonly settings: DriftSettings;
  private readonly known = new Map<string, FeatureReference>();

  constructor(statements: Statements, settings: DriftSettings) {
    this.statements = statements;
    this.settings = settings;
  }

  /** Makes the references of these baselines; their windows are read where there is none yet. */
  async referencesOf(
    baselines: readonly StoredBaseline[],
  ): Promise<(baseline: StoredBaseline) => FeatureReference> {
    const unknown = baselines.filter((one) => !this.known.has(idOf(one)));
    const made = new Map<string, FeatureReference>();
    for (const [range, group] of groupByRange(unknown)) {
      const windows = await this.windowsOf(group, range);
      for (const one of group) {
        const own = windows.get(rowKey(one, one)) ?? [];
        made.set(idOf(one), featureReference(one.bins, one, own, this.settings));
      }
    }
    for (const [id, reference] of made) this.keep(id, reference);
    return (baseline) => made.get(idOf(baseline)) ?? this.known.get(idOf(baseline))!;
  }

  private async windowsOf(
    group: readonly StoredBaseline[],
    [fromMs, toMs]: readonly [number, number],
  ): Promise<Map<string, HourRow[]>> {
    const found = new Map<string, HourRow[]>();
    // Too short for a test anyway.
    if (toMs - fromMs < this.settings.referenceMs) return found;
    const units = new Map<string, ModelVersion>(group.map((one) => [unitKey(one), one]));
    for (const row of await readWindows(this.statements, [...units.values()], { fromMs, toMs })) {
      const key = rowKey(row, row);
      const rows = found.get(key);
      if (rows === undefined) found.set(key, [row]);
      else rows.push(row);
    }
    return found;
  }

  private keep(id: string, reference: FeatureReference): void {
    if (this.known.size >= MOST) this.known.delete(this.known.keys().next().value!);
    this.known.set(id, reference);
  }
}

const rowKey = (
  unit: ModelVersion,
  { segment, feature, binsVersion }: Pick<HourRow, 'segment' | 'feature' | 'binsVersion'>,
): string => keyOf(unitKey(unit), segment, feature, String(binsVersion));

function groupByRange(
  baselines: readonly StoredBaseline[],
): [readonly [number, number], StoredBaseline[]][] {
  const groups = new Map<string, [readonly [number, number], StoredBaseline[]]>();
  for (const one of baselines) {
    const key = `${one.fromMs} ${one.toMs}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [[one.fromMs, one.toMs], [one]]);
    else group[1].push(one);
  }
  return [...groups.values()];
}
