import { useState } from 'react';
import { binTexts } from '../../../charts/binTexts';
import { distributionBins } from '../../../charts/distributionBins';
import { DistributionOverlay } from '../../../charts/DistributionOverlay';
import { RankingBars } from '../../../charts/RankingBars';
import { driftTone } from '../../../shared/driftTexts';
import { formatProbability } from '../../../shared/format';
import { t } from '../../../shared/t';
import { Columns } from '../parts/Columns';
import { Section } from '../parts/Section';
import { byEvidence, type Compared, comparedBins, comparedFeature } from './comparison';
import { Evidence } from './Evidence';

/** The features of a comparison by evidence, and the distributions of the one that is picked. */
export const CompareResult = ({ features }: { readonly features: readonly Compared[] }) => {
  const [wanted, setWanted] = useState('');
  const sorted = features.toSorted(byEvidence);
  const picked = sorted.find(({ feature }) => feature === wanted) ?? sorted[0];
  return (
    <Columns
      choice={
        <Section title={t('drift.ranking.title', 'Features by evidence')}>
          <div style={{ maxHeight: 560, overflowY: 'auto' }}>
            <RankingBars
              label={t('drift.ranking.title', 'Features by evidence')}
              items={sorted.map(comparedFeature).map(({ key, feature, score, q, status }) => ({
                ...{ key, label: feature, value: score },
                tone: driftTone(status, false),
                note: q === null ? '' : `q ${formatProbability(q)}`,
              }))}
              selected={picked?.feature}
              onSelect={setWanted}
            />
          </div>
        </Section>
      }
    >
      {picked !== undefined && (
        <>
          <Section title={picked.feature}>
            <Evidence picked={comparedFeature(picked)} />
          </Section>
          <Section title={t('drift.distribution.title', 'Distribution')}>
            <DistributionOverlay
              label={t(
                'drift.distribution.picture',
                'Distribution of {{feature}}: reference and current',
                { feature: picked.feature },
              )}
              bins={distributionBins(comparedBins(picked), binTexts())}
            />
          </Section>
        </>
      )}
    </Columns>
  );
};
