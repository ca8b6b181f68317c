import { binTexts } from '../../../charts/binTexts';
import { distributionBins } from '../../../charts/distributionBins';
import { DistributionOverlay } from '../../../charts/DistributionOverlay';
import { storedBinOf } from '../../../queries/storedBin';
import { numberOf, type Row } from '../../../queries/rowsOf';
import { formatCount } from '../../../shared/format';
import { t } from '../../../shared/t';

interface Props {
  readonly feature: string;
  readonly rows: readonly Row[];
}

/** Reference and current rows of a feature over the same bins. */
export const FeatureDistribution = ({ feature, rows }: Props) => {
  const current = numberOf(rows[0] ?? {}, 'current_rows');
  return (
    <>
      <DistributionOverlay
        label={t(
          'drift.distribution.picture',
          'Distribution of {{feature}}: reference and current',
          {
            feature,
          },
        )}
        bins={distributionBins(rows.map(storedBinOf), binTexts())}
      />
      <p>
        {t('drift.distribution.rows', 'Current rows: {{count}}', { count: formatCount(current) })}
      </p>
    </>
  );
};
