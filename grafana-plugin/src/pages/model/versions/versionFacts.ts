import { numberOf, type Row, textOf } from '../../../queries/rowsOf';

/** What was asked of the versions, each part one answer. */
export interface VersionAnswers {
  readonly states: readonly Row[];
  readonly traffic: readonly Row[];
  readonly drift: readonly Row[];
  readonly quality: readonly Row[];
  readonly performance: readonly Row[];
}

/** One metric of a version with its interval. */
export interface VersionMetric {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** A version with all that is known of it; an empty row where a part knows nothing. */
export interface VersionFacts {
  readonly version: string;
  readonly state: Row;
  readonly traffic: Row;
  readonly drift: Row;
  readonly quality: Row;
  readonly metrics: ReadonlyMap<string, VersionMetric>;
}

const isOf = (version: string) => (row: Row) => textOf(row, 'version') === version;

/** The versions in the order of their states, the one seen last first. The rows are of one model in one environment. */
export const versionFacts = (
  { states, traffic, drift, quality, performance }: VersionAnswers,
  limit: number,
): readonly VersionFacts[] =>
  states.slice(0, limit).map((state) => {
    const version = textOf(state, 'version');
    const of = (rows: readonly Row[]) => rows.find(isOf(version)) ?? {};
    const metrics = performance.filter(isOf(version)).map((row) => {
      const [value, low, high] = [
        numberOf(row, 'value'),
        numberOf(row, 'low'),
        numberOf(row, 'high'),
      ];
      return [textOf(row, 'metric'), { value, low, high }] as const;
    });
    return {
      ...{ version, state, traffic: of(traffic), drift: of(drift), quality: of(quality) },
      metrics: new Map(metrics),
    };
  });

/** The metrics that any of the versions has. */
export const metricsOf = (versions: readonly VersionFacts[]): readonly string[] =>
  [...new Set(versions.flatMap(({ metrics }) => [...metrics.keys()]))].sort();

/**
 * What the others are compared with: the one that the address names, else the newest one in production, else the one before
 * the newest, else the newest.
 */
export const referenceOf = (
  versions: readonly VersionFacts[],
  asked: string | undefined,
): VersionFacts | undefined =>
  versions.find(({ version }) => version === asked) ??
  versions.find(({ state }) => textOf(state, 'stage') === 'production') ??
  versions[1] ??
  versions[0];

/** How far a number is from that of the reference as a share of it; null where one is missing or the reference is 0. */
export const changeOf = (value: number | null, reference: number | null): number | null =>
  value === null || reference === null || reference === 0
    ? null
    : (value - reference) / Math.abs(reference);
