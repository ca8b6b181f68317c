import { groupBy } from '../groupBy';
import type { Statements } from '../statements';
import type { DriftSettings } from './driftSettings';
import { keyOf, type ModelVersion, unitKey } from './driftUnit';
import { bytesOf, type FeatureReference, featureReference } from './featureReference';
import type { StoredBaseline } from './readBaselines';
import { type HourRow, readWindows } from './readWindows';

/** What references may take together, bytes: about ten thousand with a week of hours each, fifty thousand without. */
const MOST_BYTES = 192 * 1024 * 1024;
/** Baselines whose windows are read together: each has a week of them, as objects until they are made a reference. */
const BASELINES_PER_STATEMENT = 100;

/** A version that sends has something to decide each hour. */
const UNUSED_WINDOWS = 3;

const idOf = (one: StoredBaseline): string =>
  keyOf(unitKey(one), one.segment, one.feature, one.baseline, one.rowVersion);

interface Kept {
  readonly reference: FeatureReference;
  readonly bytes: number;
  /** When it was asked for last, Unix milliseconds. */
  usedMs: number;
}

/**
 * Baselines made ready for tests, remembered: they are frozen, and a changed one has another `row_version`. When there is no
 * room left, those go that the last hours did not ask for; a new one beyond that is made again the next time, because
 * with more features than there is room for, putting out the oldest would put out each before it is asked for again.
 */
export class ReferenceCache {
  private readonly statements: Statements;
  private readonly settings: DriftSettings;
  private readonly mostBytes: number;
  private readonly known = new Map<string, Kept>();
  private bytes = 0;
  private nowMs = 0;
  private isSwept = false;

  constructor(statements: Statements, settings: DriftSettings, mostBytes = MOST_BYTES) {
    this.statements = statements;
    this.settings = settings;
    this.mostBytes = mostBytes;
  }

  /** Another look at models begins; `nowMs` is any clock. */
  begin(nowMs: number): void {
    this.nowMs = nowMs;
    this.isSwept = false;
  }

  /** Makes the references of these baselines; their windows are read where there is none yet. */
  async referencesOf(
    baselines: readonly StoredBaseline[],
  ): Promise<(baseline: StoredBaseline) => FeatureReference> {
    const found = new Map<StoredBaseline, FeatureReference>();
    const unknown: StoredBaseline[] = [];
    for (const one of baselines) {
      const kept = this.known.get(idOf(one));
      if (kept === undefined) {
        unknown.push(one);
        continue;
      }
      kept.usedMs = this.nowMs;
      found.set(one, kept.reference);
    }
    const isShort = ({ fromMs, toMs }: StoredBaseline): boolean =>
      toMs - fromMs < this.settings.referenceMs;
    // Too short for a test anyway: their windows are not needed.
    this.make(unknown.filter(isShort), new Map(), found);
    const long = groupBy(
      unknown.filter((one) => !isShort(one)),
      ({ fromMs, toMs }) => `${fromMs} ${toMs}`,
    );
    for (const group of long.values()) {
      for (let at = 0; at < group.length; at += BASELINES_PER_STATEMENT) {
        const piece = group.slice(at, at + BASELINES_PER_STATEMENT);
        this.make(piece, await this.windowsOf(piece), found);
      }
    }
    return (baseline) => found.get(baseline)!;
  }

  private make(
    baselines: readonly StoredBaseline[],
    windows: ReadonlyMap<string, HourRow[]>,
    found: Map<StoredBaseline, FeatureReference>,
  ): void {
    for (const one of baselines) {
      const own = windows.get(rowKey(one, one)) ?? [];
      const reference = featureReference(one.bins, one, own, this.settings);
      found.set(one, reference);
      this.keep(idOf(one), reference);
    }
  }

  /** The windows of baselines of one range. */
  private async windowsOf(group: readonly StoredBaseline[]): Promise<Map<string, HourRow[]>> {
    const { fromMs, toMs } = group[0]!;
    const units = new Map<string, ModelVersion>(group.map((one) => [unitKey(one), one]));
    const features = new Set(group.map(({ feature }) => feature));
    const rows = await readWindows(this.statements, [...units.values()], { fromMs, toMs }, [
      ...features,
    ]);
    return groupBy(rows, (row) => rowKey(row, row));
  }

  private keep(id: string, reference: FeatureReference): void {
    const bytes = bytesOf(reference);
    if (this.bytes + bytes > this.mostBytes && !this.isSwept) this.sweep();
    if (this.bytes + bytes > this.mostBytes) return;
    this.known.set(id, { reference, bytes, usedMs: this.nowMs });
    this.bytes += bytes;
  }

  /** Those that no hour asked for lately; once in a pass, for it looks at all. */
  private sweep(): void {
    this.isSwept = true;
    const sinceMs = this.nowMs - UNUSED_WINDOWS * this.settings.windowMs;
    for (const [id, { usedMs, bytes }] of this.known) {
      if (usedMs >= sinceMs) continue;
      this.known.delete(id);
      this.bytes -= bytes;
    }
  }
}

const rowKey = (
  unit: ModelVersion,
  { segment, feature, binsVersion }: Pick<HourRow, 'segment' | 'feature' | 'binsVersion'>,
): string => keyOf(unitKey(unit), segment, feature, String(binsVersion));
