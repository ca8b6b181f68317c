import { formatAgo, formatNumber, formatShare } from '../../shared/format';
import { t } from '../../shared/t';
import type { Reason } from './attention';

const driftText = ({ feature, score, drifted, features }: Reason & { kind: 'drift' }): string => {
  if (feature === '') return t('fleet.reason.drift', 'The distribution of its inputs has moved');
  if (score === null)
    return t('fleet.reason.driftFeature', '{{feature}} has moved ({{drifted}} of {{features}})', {
      feature,
      drifted,
      features,
    });
  const values = { feature, by: formatNumber(Math.abs(score), 2), drifted, features };
  return score > 0
    ? t(
        'fleet.reason.driftUp',
        '{{feature}} is {{by}} sd above its reference ({{drifted}} of {{features}} features moved)',
        values,
      )
    : t(
        'fleet.reason.driftDown',
        '{{feature}} is {{by}} sd below its reference ({{drifted}} of {{features}} features moved)',
        values,
      );
};

const qualityText = (reason: Reason & { kind: 'quality' }): string => {
  const { check, feature, rate, failedChecks } = reason;
  const values = { check, feature, rate: formatShare(rate), count: failedChecks };
  if (feature === '')
    return t('fleet.reason.quality', 'Check {{check}} fails on {{rate}} of rows', values);
  return t(
    'fleet.reason.qualityFeature',
    'Check {{check}} of {{feature}} fails on {{rate}} of rows (checks that fail: {{count}})',
    values,
  );
};

/** A reason as one short sentence. */
export const reasonText = (reason: Reason): string => {
  switch (reason.kind) {
    case 'drift':
      return driftText(reason);
    case 'quality':
      return qualityText(reason);
    case 'errors':
      return t('fleet.reason.errors', '{{rate}} of requests fail', {
        rate: formatShare(reason.rate),
      });
    case 'performance':
      return t('fleet.reason.untrusted', 'Performance rests on labels for {{coverage}} only', {
        coverage: formatShare(reason.labelCoverage),
      });
    case 'silent':
      return t('fleet.reason.silent', 'Last request: {{ago}}', {
        ago: formatAgo(reason.lastSeenMs),
      });
    case 'coverage':
      if (reason.coverage === 0) return t('fleet.reason.unpriced', 'No request has a known price');
      return t('fleet.reason.coverage', 'The price of only {{coverage}} of requests is known', {
        coverage: formatShare(reason.coverage),
      });
  }
};
