import { quoteText } from '../quoteText';
import { engineNow, type Statements } from '../statements';

/** Which stored baselines are meant: of a model, and when given of a version, a segment or with an id. */
export interface BaselineFilter {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly version?: string;
  readonly segment?: string;
  readonly baseline?: string;
}

export interface StoredBaseline {
  readonly version: string;
  readonly segment: string;
  readonly baseline: string;
  readonly source: string;
  readonly features: number;
  readonly rows: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly createdMs: number;
  readonly pinned: number;
  readonly expired: number;
}

const conditionOf = (filter: BaselineFilter): string =>
  (['tenant', 'environment', 'model', 'version', 'segment', 'baseline'] as const)
    .flatMap((key) => (filter[key] === undefined ? [] : `${key} = ${quoteText(filter[key])}`))
    .join(' AND ');

/** The baselines that a filter names, newest first, at most 1,000. */
export const listBaselines = (
  statements: Statements,
  filter: BaselineFilter,
): Promise<StoredBaseline[]> =>
  statements.read<StoredBaseline>(`
SELECT version, segment, baseline, any(source) AS source, count() AS features, max(n) AS rows,
  toUnixTimestamp64Milli(any(from_time)) AS fromMs, toUnixTimestamp64Milli(any(to_time)) AS toMs,
  toUnixTimestamp64Milli(any(created_at)) AS createdMs, max(pinned) AS pinned, max(expired) AS expired
FROM ml_baselines FINAL
WHERE ${conditionOf(filter)}
GROUP BY version, segment, baseline
ORDER BY createdMs DESC, version, segment, baseline LIMIT 1000`);

export type BaselineChange = 'pin' | 'unpin' | 'expire';

const MARKS: Readonly<Record<BaselineChange, string>> = {
  pin: '1 AS pinned, 0 AS expired',
  unpin: '0 AS pinned',
  expire: '0 AS pinned, 1 AS expired',
};

/**
 * Pins, unpins or expires the baselines that a filter names, and resolves to their number. Pinning one unpins the others of
 * its version and segment. The rows are written again with a later version: counts are frozen, marks are not.
 */
export async function changeBaseline(
  statements: Statements,
  filter: BaselineFilter,
  change: BaselineChange,
): Promise<number> {
  const found = await listBaselines(statements, filter);
  if (found.length === 0) return 0;
  const now = await engineNow(statements);
  const mark = (condition: string, marks: string): Promise<void> =>
    statements.run(
      `INSERT INTO ml_baselines SELECT * REPLACE (${marks}, greatest(row_version + 1, ${now}) AS row_version) FROM ml_baselines FINAL WHERE ${condition}`,
    );
  if (change === 'pin') {
    const places = `SELECT version, segment FROM ml_baselines WHERE ${conditionOf(filter)}`;
    const { tenant, environment, model } = filter;
    const ofModel = conditionOf({ tenant, environment, model });
    await mark(`${ofModel} AND pinned = 1 AND (version, segment) IN (${places})`, '0 AS pinned');
  }
  await mark(conditionOf(filter), MARKS[change]);
  return found.length;
}
