import { formatNumber } from '../../shared/format';
import { t } from '../../shared/t';

const HOUR = 60;
const DAY = 24 * HOUR;

/** A length of time in minutes, as minutes, hours or days. */
export const minutesText = (minutes: number): string => {
  if (minutes >= 2 * DAY)
    return t('alerts.time.days', '{{n}} d', { n: formatNumber(minutes / DAY, 2) });
  if (minutes >= 2 * HOUR)
    return t('alerts.time.hours', '{{n}} h', { n: formatNumber(minutes / HOUR, 2) });
  return t('alerts.time.minutes', '{{n}} min', { n: formatNumber(minutes, 3) });
};
