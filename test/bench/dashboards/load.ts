/** What the bench's store is made of: several files of statements share it. */
export const DAYS = 30;
export const HOURS = 24 * DAYS;
export const DAY_MS = 86_400_000;
/** A service that tells minute by minute in several inserts leaves more than one part a day behind. */
export const INSERTS_PER_DAY = 3;

export const MODELS = [
  'fraud',
  'churn',
  'credit',
  'ranking',
  'gpt-4o',
  'claude-sonnet-4',
  'embed',
  'vision',
];

export const list = (texts: readonly string[]): string =>
  `[${texts.map((text) => `'${text}'`).join(', ')}]`;

export const at = (ms: number): string => `fromUnixTimestamp64Milli(toInt64(${ms}))`;
