import type { Inference } from './inference';

/** What can be wrong with a feature of one row. */
export type RowCheck =
  'not_finite' | 'empty' | 'missing' | 'type' | 'range' | 'allowed' | 'pattern';

/** Beyond this many a row is known to be broken; the others are not told apart. */
export const MAX_VIOLATIONS = 256;

/** Notes `check:feature` on the row, once. What is beyond the limit is counted as `more:`. */
export function noteViolation(
  { violations }: Pick<Inference, 'violations'>,
  check: RowCheck,
  feature: string,
): void {
  const text = `${check}:${feature}`;
  if (violations.includes(text)) return;
  if (violations.length < MAX_VIOLATIONS) violations.push(text);
  else violations[MAX_VIOLATIONS] = 'more:';
}
