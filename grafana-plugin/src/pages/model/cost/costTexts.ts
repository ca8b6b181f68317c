import { formatMoney } from '../../../shared/format';
import { t } from '../../../shared/t';
import { isUncertain, type Money } from './costRows';

const BUCKETS: Readonly<Record<string, () => string>> = {
  input: () => t('modelCost.bucket.input', 'Input'),
  cache_read: () => t('modelCost.bucket.cacheRead', 'Read from cache'),
  cache_write_5m: () => t('modelCost.bucket.cacheWrite5m', 'Written to cache, 5 minutes'),
  cache_write_1h: () => t('modelCost.bucket.cacheWrite1h', 'Written to cache, 1 hour'),
  output: () => t('modelCost.bucket.output', 'Output'),
  reasoning: () => t('modelCost.bucket.reasoning', 'Reasoning'),
  audio_in: () => t('modelCost.bucket.audioIn', 'Audio in'),
  audio_out: () => t('modelCost.bucket.audioOut', 'Audio out'),
  other: () => t('modelCost.bucket.other', 'Not told by bucket'),
};

/** A token bucket in words; one that is not known here as it is. */
export const bucketText = (bucket: string): string => BUCKETS[bucket]?.() ?? bucket;

/** The bounds of an amount in words; undefined where they are the amount. */
export const boundsText = (money: Money): string | undefined =>
  isUncertain(money)
    ? t('modelCost.bounds', '{{low}} to {{high}}', {
        low: formatMoney(money.low, money.currency),
        high: formatMoney(money.high, money.currency),
      })
    : undefined;
