import { t } from '../../../shared/t';

/** Checks and violations in words; those of a contract are the same kinds, and one that is not known is shown as it is called. */
export const checkText = (check: string): string => {
  const words: Readonly<Record<string, () => string>> = {
    missing: () => t('quality.check.missing', 'Missing'),
    not_finite: () => t('quality.check.notFinite', 'Not a finite number'),
    empty: () => t('quality.check.empty', 'Empty text'),
    type: () => t('quality.check.type', 'Wrong type'),
    range: () => t('quality.check.range', 'Out of range'),
    allowed: () => t('quality.check.allowed', 'Not an allowed value'),
    pattern: () => t('quality.check.pattern', 'Does not fit the pattern'),
    new_category: () => t('quality.check.newCategory', 'New category'),
    out_of_range: () => t('quality.check.outOfRange', 'Beyond the baseline'),
    outliers: () => t('quality.check.outliers', 'Outliers'),
    constant: () => t('quality.check.constant', 'Constant'),
    duplicates: () => t('quality.check.duplicates', 'Duplicates'),
    schema: () => t('quality.check.schema', 'Features came or went'),
    volume: () => t('quality.check.volume', 'Volume'),
    freshness: () => t('quality.check.freshness', 'Freshness'),
    more: () => t('quality.check.more', 'More than a row keeps'),
  };
  const known = words[check]?.();
  if (known !== undefined) return known;
  const contract = /^contract_(.+)$/.exec(check)?.[1];
  if (contract === undefined) return check;
  return t('quality.check.contract', 'Contract: {{check}}', {
    check: words[contract]?.() ?? contract,
  });
};

/** What was broken, with the feature where there is one. */
export const violationText = (check: string, feature: string): string =>
  feature === '' ? checkText(check) : `${checkText(check)}: ${feature}`;

/** What the rates of a check are: rows and seconds for two of them, shares for the rest. */
export type RateUnit = 'share' | 'rows' | 'seconds';

export const unitOf = (check: string): RateUnit => {
  if (check === 'volume') return 'rows';
  return check === 'freshness' || check === 'contract_freshness' ? 'seconds' : 'share';
};
