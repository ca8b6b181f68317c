import { ruleThreshold, type RuleInput, type RuleTemplate } from '@plumbline/schemas/rules';
import { numberOf, type Row, textOf } from '../../queries/rowsOf';

/** What a rule would do with one row: `unknown` where there is too little to judge by. */
export type Verdict = 'fires' | 'calm' | 'unknown';

export interface PreviewRow {
  readonly row: Row;
  readonly measured: number | null;
  readonly verdict: Verdict;
}

export interface PreviewTable {
  readonly rows: readonly PreviewRow[];
  /** Columns that say something in at least one row, the identity first; without `measured`. */
  readonly columns: readonly string[];
  readonly firing: number;
  readonly threshold: { readonly type: 'gt' | 'lt'; readonly value: number };
}

/** A column that is the same default everywhere would only take room. */
const says = (rows: readonly Row[], column: string): boolean =>
  rows.some((row) => {
    const value = row[column];
    if (value === null || value === undefined || value === '') return false;
    return !(column === 'tenant' && value === 'default');
  });

/** The rows of `rulePreviewQuery` with what the rule would do with each. */
export const previewOf = (
  rows: readonly Row[],
  template: RuleTemplate,
  input: RuleInput,
): PreviewTable => {
  const threshold = ruleThreshold(template, input);
  const judged = rows.map((row): PreviewRow => {
    const measured = numberOf(row, 'measured');
    if (measured === null) return { row, measured, verdict: 'unknown' };
    const over = threshold.type === 'gt' ? measured > threshold.value : measured < threshold.value;
    return { row, measured, verdict: over ? 'fires' : 'calm' };
  });
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return {
    rows: judged,
    columns: [...names].filter((name) => name !== 'measured' && says(rows, name)),
    firing: judged.filter(({ verdict }) => verdict === 'fires').length,
    threshold,
  };
};

/** The name of a column as words. */
export const columnTitle = (column: string): string => {
  const words = column.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A cell as text, or its number for who formats it. */
export const cellOf = (row: Row, column: string): string | number | null =>
  typeof row[column] === 'string' ? textOf(row, column) : numberOf(row, column);
