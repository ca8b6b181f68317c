import { formatNumber } from '../shared/format';
import { t } from '../shared/t';
import type { BinTexts } from './distributionBins';

/** How bins are called in the user's language. */
export const binTexts = (): BinTexts => ({
  number: formatNumber,
  missing: t('charts.bin.missing', 'missing'),
  fresh: t('charts.bin.new', 'new values'),
  other: t('charts.bin.other', 'all others'),
});
