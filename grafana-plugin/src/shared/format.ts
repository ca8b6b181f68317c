import { config } from '@grafana/runtime';
import { dateTimeFormat, dateTimeFormatTimeAgo } from '@grafana/data';

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

/** An amount of money; without a known currency a bare number. Amounts below 1 keep enough digits to be told from 0. */
export const formatMoney = (value: MaybeNumber, currency: string): string => {
  const small = known(value) && Math.abs(value) < 1;
  const digits = small ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 };
  return /^[A-Z]{3}$/.test(currency)
    ? write(value, { style: 'currency', currency, minimumFractionDigits: 0, ...digits })
    : write(value, digits);
};

/** A p- or q-value: below 0.001 only its order of magnitude matters. */
export const formatProbability = (value: MaybeNumber): string =>
  known(value) && value < 0.001
    ? `< ${write(0.001, {})}`
    : write(value, { maximumFractionDigits: 3 });

/** A moment in the user's time zone and format. */
export const formatTime = (ms: MaybeNumber): string => (known(ms) ? dateTimeFormat(ms) : UNKNOWN);

/** How long ago, in words. */
export const formatAgo = (ms: MaybeNumber): string =>
  known(ms) ? dateTimeFormatTimeAgo(ms) : UNKNOWN;
