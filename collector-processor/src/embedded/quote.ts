/** As a ClickHouse string literal. */
export const quoteText = (text: string): string =>
  `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t').replace(/\0/g, '\\0')}'`;

/** As a ClickHouse identifier. */
export const quoteName = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&')}\``;
