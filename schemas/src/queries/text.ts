/**
 * A text as a ClickHouse string literal: the one way that a value gets into a query of ours. Backslash and quote are escaped
 * as https://clickhouse.com/docs/sql-reference/syntax#string says; everything else may stand in a literal as it is.
 * A `$` followed by a brace or a letter would be read as a variable or a macro by Grafana, so that it is written as `\x24`.
 */
export const quoteText = (text: string): string =>
  `'${text.replace(/[\\'$]/g, (sign) => (sign === '$' ? '\\x24' : `\\${sign}`))}'`;

/** Texts as the inside of an `IN (…)`; none at all matches nothing. */
export const quoteTexts = (texts: readonly string[]): string =>
  texts.length === 0 ? 'NULL' : texts.map(quoteText).join(', ');
