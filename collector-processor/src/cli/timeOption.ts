import type { Option, Values } from './command';

const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z)?$/;

/** Unix milliseconds of `2026-01-31` or `2026-01-31T12:00:00Z`; NaN for anything else. */
const parseTime = (value: unknown): number =>
  typeof value === 'string' && TIME.test(value) ? Date.parse(value) : NaN;

/** `--from TIME --to TIME`, the same for every command that works on a part of the past. */
export const RANGE_OPTIONS: Readonly<Record<'from' | 'to', Option>> = {
  from: {
    type: 'string',
    value: 'TIME',
    summary: 'first day or time (UTC), 2026-01-31 or 2026-01-31T12:00:00Z',
  },
  to: { type: 'string', value: 'TIME', summary: 'where to end (UTC), not included' },
};

/** Unix milliseconds; undefined after what is wrong has been told. */
export function rangeOf(
  values: Values,
  error: (line: string) => void,
): { readonly fromMs: number; readonly toMs: number } | undefined {
  const range = { fromMs: parseTime(values.from), toMs: parseTime(values.to) };
  for (const [name, time] of [
    ['from', range.fromMs],
    ['to', range.toMs],
  ] as const) {
    if (!Number.isNaN(time)) continue;
    error(
      `--${name} ${String(values[name] ?? '')}: must be a day or a time in UTC, 2026-01-31 or 2026-01-31T12:00:00Z`,
    );
    return undefined;
  }
  return range;
}
