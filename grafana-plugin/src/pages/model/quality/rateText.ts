import { formatCount, formatNumber, formatShare } from '../../../shared/format';
import { t } from '../../../shared/t';
import { unitOf } from './checkTexts';

/** The rate of a check in its unit. */
export const rateText = (check: string, rate: number | null): string => {
  switch (unitOf(check)) {
    case 'share':
      return formatShare(rate);
    case 'rows':
      return formatCount(rate);
    case 'seconds':
      return t('performance.lagSeconds', '{{seconds}} s', { seconds: formatNumber(rate) });
  }
};
