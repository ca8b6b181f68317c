import { binLayout } from '@plumbline/schemas';
import { modelKey, type ModelVersion, unitKey } from '../drift/driftUnit';
import { groupBy } from '../groupBy';
import { baselineFinder, readBaselines, type StoredBaseline } from '../drift/readBaselines';
import { readWindows } from '../drift/readWindows';
import type { Statements } from '../statements';
import type { QualitySettings } from './qualitySettings';
import { type CheckHistory, readHistory } from './qualityStore';
import {
  type FeatureFacts,
  type HourFacts,
  readFeatures,
  readHours,
  readViolations,
} from './readFacts';
import { type Fences, robustFences } from './robustFences';
import { readTraffic, type Traffic } from './traffic';

/** An hour of a version to decide about. */
export interface DirtyHour extends ModelVersion {
  readonly timeMs: number;
}

/** Everything that was read about some versions before their hours are decided. */
export interface Known {
  readonly baselineOf: (unit: ModelVersion) => ReadonlyMap<string, StoredBaseline>;
  readonly fences: ReadonlyMap<StoredBaseline, Fences>;
  readonly histories: ReadonlyMap<string, CheckHistory>;
  readonly traffic: Traffic;
}

/** What the hours of one statement told, by `hourKey`. */
export interface Slice {
  readonly hours: readonly HourFacts[];
  readonly features: ReadonlyMap<string, FeatureFacts[]>;
  readonly violations: ReadonlyMap<string, Map<string, number>>;
  /** Rows on the bin `new`, by hour and feature. */
  readonly fresh: ReadonlyMap<string, number>;
}

export const hourKey = (unit: ModelVersion, timeMs: number): string => `${timeMs} ${unitKey(unit)}`;

/** Baselines, fences, what was decided before, and traffic, of these versions. `times`: hours to decide, rising. */
export async function readKnown(
  statements: Statements,
  settings: QualitySettings & { readonly latenessMs: number },
  units: readonly ModelVersion[],
  times: readonly number[],
): Promise<Known> {
  const { volumeMs, trailingMs, windowMs, outlierScale } = settings;
  const baselines = (await readBaselines(statements, units)).filter(
    ({ segment }) => segment === '',
  );
  const find = baselineFinder(baselines);
  const features = groupBy(baselines, modelKey);
  const found = new Map<string, ReadonlyMap<string, StoredBaseline>>();
  const baselineOf = (unit: ModelVersion): ReadonlyMap<string, StoredBaseline> => {
    const key = unitKey(unit);
    let own = found.get(key);
    if (own === undefined) {
      const ofModel = features.get(modelKey(unit)) ?? [];
      const names = new Set(ofModel.map(({ feature }) => feature));
      const ofUnit = find(unit);
      own = new Map([...names].map((feature) => [feature, ofUnit('', feature)!]));
      found.set(key, own);
    }
    return own;
  };
  const [first, last] = [times[0]!, times.at(-1)! + windowMs];
  const fromMs = Math.min(
    first - trailingMs,
    ...baselines.map((one) => Math.max(one.fromMs, first - settings.latenessMs)),
  );
  const fences = new Map<StoredBaseline, Fences>();
  for (const one of baselines) {
    const fence = robustFences(one.bins, one, outlierScale);
    if (fence !== undefined) fences.set(one, fence);
  }
  return {
    fences,
    baselineOf,
    histories: await readHistory(statements, units, { fromMs, toMs: last }),
    traffic: await readTraffic(statements, units, { fromMs: first - volumeMs, toMs: last }),
  };
}

/** What the rows of these hours tell; the number of statements does not depend on the number of features. */
export async function readSlice(
  statements: Statements,
  open: readonly DirtyHour[],
  range: { fromMs: number; toMs: number },
  { baselineOf, fences }: Known,
): Promise<Slice> {
  const units = [...new Map(open.map((one) => [unitKey(one), one])).values()];
  const limits = units.flatMap(({ tenant, environment, model, version }) =>
    [...baselineOf({ tenant, environment, model, version }).values()].flatMap((one) => {
      const fence = fences.get(one);
      if (one.bins.kind === 'category') return [];
      const { feature, minimum, maximum } = one;
      const own = { tenant, environment, model, version, feature, minimum, maximum };
      return [{ ...own, low: fence?.low ?? null, high: fence?.high ?? null }];
    }),
  );
  const hours = await readHours(statements, units, range);
  const told = await readFeatures(statements, units, range, limits);
  const noted = await readViolations(statements, units, range);
  const windows = (await readWindows(statements, units, range)).filter(
    ({ segment }) => segment === '',
  );
  const fresh = new Map<string, number>();
  for (const row of windows) {
    const baseline = baselineOf(row).get(row.feature);
    if (baseline?.binsVersion !== row.binsVersion) continue;
    fresh.set(
      `${hourKey(row, row.timeMs)} ${row.feature}`,
      row.counts[binLayout(baseline.bins).new] ?? 0,
    );
  }
  const violations = new Map<string, Map<string, number>>();
  for (const [key, rows] of groupBy(noted, (row) => hourKey(row, row.timeMs))) {
    violations.set(key, new Map(rows.map(({ violation, count }) => [violation, count])));
  }
  return { hours, fresh, violations, features: groupBy(told, (row) => hourKey(row, row.timeMs)) };
}
