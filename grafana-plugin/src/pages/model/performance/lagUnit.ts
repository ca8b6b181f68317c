import type { TimeUnit } from '../../../shared/format';

const UNITS: readonly { readonly name: TimeUnit; readonly seconds: number }[] = [
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3600 },
  { name: 'minute', seconds: 60 },
];

/** The unit in which waits are told at an axis: the largest of which the longest wait has two. `seconds` is its length. */
export const lagUnit = (
  waits: readonly (number | null)[],
): { readonly name: TimeUnit; readonly seconds: number } => {
  const longest = waits.reduce<number>((most, wait) => Math.max(most, wait ?? 0), 0);
  return UNITS.find(({ seconds }) => longest >= 2 * seconds) ?? { name: 'second', seconds: 1 };
};
