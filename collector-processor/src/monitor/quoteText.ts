/** A text as a SQL literal. Lists of ids are too long for query parameters, which travel in the URL. */
export const quoteText = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A non-empty list for `IN`. */
export const quoteTexts = (texts: Iterable<string>): string =>
  `(${Array.from(texts, quoteText).join(', ')})`;
