import { numberOf, type Row, textOf } from '../../queries/rowsOf';

export interface ExplainOptions {
  readonly view: 'auto' | 'waterfall' | 'importance';
  /** Features that are shown. */
  readonly limit: number;
}

export interface FeatureNumber {
  readonly feature: string;
  readonly value: number;
}

export type ExplainData =
  | {
      readonly view: 'waterfall';
      readonly base: number;
      readonly features: readonly FeatureNumber[];
    }
  | { readonly view: 'importance'; readonly features: readonly FeatureNumber[] }
  | { readonly view: 'none' };

const numbersOf = (rows: readonly Row[], column: string): FeatureNumber[] =>
  rows.flatMap((row) => {
    const value = numberOf(row, column);
    const feature = textOf(row, 'feature');
    return value === null || feature === '' ? [] : [{ feature, value }];
  });

/** What rows of `sentContributions` or `sentImportance`, or others with their columns, can be drawn as. */
export const explainData = (rows: readonly Row[], asked: ExplainOptions['view']): ExplainData => {
  const contributions = numbersOf(rows, 'contribution');
  const importance = numbersOf(rows, 'importance');
  const waterfall = asked === 'auto' ? contributions.length > 0 : asked === 'waterfall';
  if (waterfall && contributions.length > 0) {
    const base = rows.map((row) => numberOf(row, 'base_value')).find((value) => value !== null);
    return { view: 'waterfall', base: base ?? 0, features: contributions };
  }
  const ranked =
    importance.length > 0
      ? importance
      : contributions.map(({ feature, value }) => ({ feature, value: Math.abs(value) }));
  if (waterfall || ranked.length === 0) return { view: 'none' };
  return { view: 'importance', features: ranked.toSorted((a, b) => b.value - a.value) };
};
