import { numberOf, type Row, textOf, timeOf } from '../../../queries/rowsOf';
import type { Tone } from '../../../shared/status';

/** The newest hour of one check of one feature. */
export interface Check {
  readonly key: string;
  readonly timeMs: number | null;
  readonly version: string;
  readonly feature: string;
  readonly check: string;
  readonly status: string;
  readonly violations: number | null;
  readonly rows: number | null;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly expected: number | null;
  readonly p: number | null;
  readonly detail: string;
  readonly pages: boolean;
}

export const checkOf = (row: Row): Check => {
  const [version, feature, check] = [
    textOf(row, 'version'),
    textOf(row, 'feature'),
    textOf(row, 'check'),
  ];
  return {
    key: JSON.stringify([version, feature, check]),
    timeMs: timeOf(row, 'time'),
    ...{ version, feature, check },
    status: textOf(row, 'status'),
    violations: numberOf(row, 'violations'),
    rows: numberOf(row, 'n'),
    rate: numberOf(row, 'rate'),
    low: numberOf(row, 'rate_low'),
    high: numberOf(row, 'rate_high'),
    expected: numberOf(row, 'expected'),
    p: numberOf(row, 'p_value'),
    detail: textOf(row, 'detail'),
    pages: (numberOf(row, 'page') ?? 0) > 0,
  };
};

export const checkTone = ({ status, pages }: Check): Tone | undefined =>
  pages ? 'bad' : status === 'violated' ? 'warn' : undefined;
