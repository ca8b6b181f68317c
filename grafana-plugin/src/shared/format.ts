import { config } from '@grafana/runtime';
import { dateTimeFormat, dateTimeFormatTimeAgo, systemDateFormats } from '@grafana/data';

/** Shown where a number is not known; an unknown number is never 0. */
export const UNKNOWN = '–';

/** The user's region in Grafana, else the language, else that of the browser. */
const locale = (): string | undefined => {
  const { language, regionalFormat } = config.bootData.user as {
    language?: string;
    regionalFormat?: string;
  };
  for (const tag of [regionalFormat, language]) {
    if (tag === undefined || tag === '') continue;
    try {
      return Intl.getCanonicalLocales(tag)[0];
    } catch {
      // Not a language tag (Grafana's setting may be a word such as `default`): the next one decides.
    }
  }
  return undefined;
};

export type MaybeNumber = number | null | undefined;

const known = (value: MaybeNumber): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

const write = (value: MaybeNumber, options: Intl.NumberFormatOptions): string =>
  known(value) ? new Intl.NumberFormat(locale(), options).format(value) : UNKNOWN;

/** A count: 1,234 and 1.2M. */
export const formatCount = (value: MaybeNumber): string =>
  known(value) && Math.abs(value) >= 100_000
    ? write(value, { notation: 'compact', maximumFractionDigits: 1 })
    : write(value, { maximumFractionDigits: 0 });

/** A measure with `digits` significant digits. */
export const formatNumber = (value: MaybeNumber, digits = 3): string =>
  write(value, { maximumSignificantDigits: digits });

/** A share (0 to 1) in percent; small ones keep a digit. */
export const formatShare = (value: MaybeNumber): string =>
  write(value, {
    style: 'percent',
    maximumFractionDigits: known(value) && Math.abs(value) < 0.1 ? 1 : 0,
  });

/** Milliseconds as ms or s. */
export const formatMs = (value: MaybeNumber): string =>
  known(value) && Math.abs(value) >= 1000
    ? write(value / 1000, { style: 'unit', unit: 'second', maximumSignificantDigits: 3 })
    : write(value, { style: 'unit', unit: 'millisecond', maximumSignificantDigits: 3 });

/** A unit in which a length of time is told. */
export type TimeUnit = 'second' | 'minute' | 'hour' | 'day';

/** A length of time in a unit. */
export const formatDuration = (value: MaybeNumber, unit: TimeUnit): string =>
  write(value, { style: 'unit', unit, maximumSignificantDigits: 3 });

/**
 * An amount of money; without a known currency a bare number. From 1 on it has the digits that its currency has, so that amounts
 * can be compared below each other; below 1 enough of them to be told from 0.
 */
export const formatMoney = (value: MaybeNumber, currency: string): string => {
  const small = known(value) && Math.abs(value) < 1;
  if (!/^[A-Z]{3}$/.test(currency))
    return write(value, small ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 });
  const digits = small ? { minimumFractionDigits: 0, maximumSignificantDigits: 2 } : {};
  return write(value, { style: 'currency', currency, ...digits });
};

/** A p- or q-value: below 0.001 only its order of magnitude matters. */
export const formatProbability = (value: MaybeNumber): string =>
  known(value) && value < 0.001
    ? `< ${write(0.001, {})}`
    : write(value, { maximumFractionDigits: 3 });

/** A moment in the user's time zone and format. */
export const formatTime = (ms: MaybeNumber): string => (known(ms) ? dateTimeFormat(ms) : UNKNOWN);

/** A moment at an axis, no longer than its unit needs, in Grafana's formats for that. */
export const formatTick = (ms: number, unit: 'minute' | 'hour' | 'day'): string =>
  dateTimeFormat(ms, { format: systemDateFormats.interval[unit] });

/** How long ago, in words. */
export const formatAgo = (ms: MaybeNumber): string =>
  known(ms) ? dateTimeFormatTimeAgo(ms) : UNKNOWN;
