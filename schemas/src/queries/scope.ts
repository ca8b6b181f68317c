import { quoteTexts } from './text';

/** The values that a column may have: texts, or the multi-value variable of a dashboard or scene that holds them. */
export type Choice = readonly string[] | { readonly variable: string };

export type ScopeColumn = 'tenant' | 'environment' | 'model' | 'version' | 'segment' | 'feature';

/** What a query is restricted to; a column that is absent is not restricted. */
export type Scope = Readonly<Partial<Record<ScopeColumn, Choice>>>;

/**
 * What a variable must have as its custom "all" value. Grafana puts that in unquoted, and a list of all options would leave
 * out what came after the dashboard was opened.
 */
export const ALL_VALUE = "'__all'";

const condition = (column: ScopeColumn, choice: Choice): string => {
  if (!('variable' in choice)) return `${column} IN (${quoteTexts(choice)})`;
  const values = `\${${choice.variable}:singlequote}`;
  return `(${ALL_VALUE} IN (${values}) OR ${column} IN (${values}))`;
};

const COLUMNS: readonly ScopeColumn[] = [
  'tenant',
  'environment',
  'model',
  'version',
  'segment',
  'feature',
];

/** The conditions of a scope, for a `WHERE`; in the order of the tables' keys. */
export const scopeConditions = (scope: Scope): readonly string[] =>
  COLUMNS.flatMap((column) => {
    const choice = scope[column];
    return choice === undefined ? [] : [condition(column, choice)];
  });

/** Rows of the time range that Grafana shows, in a scope, as a `WHERE` clause; `more` are further conditions. */
export const whereInRange = (scope: Scope, ...more: readonly string[]): string =>
  `WHERE ${['$__timeFilter(time)', ...scopeConditions(scope), ...more].join(' AND ')}`;
