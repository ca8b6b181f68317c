import { t as translate } from '@grafana/i18n';

/** Texts or numbers that are put in for `{{name}}`; format numbers first (shared/format). */
export type Values = Readonly<Record<string, string | number>>;

/**
 * A text in the user's language. `key` is `<file>.<path>` of src/locales, `english` what stands there in en-US: Grafana does not
 * load English, so that it is written here too (a test compares). React escapes what it shows, so the values are left alone:
 * i18next would turn a model named `a/b` into `a&#x2F;b`.
 * Call it while rendering, never at the top of a module.
 */
export const t = (key: string, english: string, values: Values = {}): string =>
  translate(key, english, { ...values, interpolation: { escapeValue: false } });
