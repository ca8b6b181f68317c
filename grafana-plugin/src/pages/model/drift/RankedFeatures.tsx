import { FilterInput } from '@grafana/ui';
import { RANKING_LIMIT } from '@plumbline/schemas/queries';
import { useState } from 'react';
import { RankingBars } from '../../../charts/RankingBars';
import type { DriftFeature } from '../../../queries/driftFeature';
import { driftTone } from '../../../shared/driftTexts';
import { formatNumber, formatProbability } from '../../../shared/format';
import { statusText } from '../../../shared/status';
import { t } from '../../../shared/t';
import { useUrlState } from '../../../shared/useUrlState';
import { EmptyData } from '../../../states/EmptyData';
import { TooMuchData } from '../../../states/TooMuchData';
import { Columns } from '../parts/Columns';
import { Section } from '../parts/Section';
import { FeatureDetails } from './FeatureDetails';

const DEFAULTS = { feature: '', featureVersion: '' };

const noteOf = ({ q, status, pages }: DriftFeature): string => {
  if (pages) return t('drift.note.pages', 'pages');
  return q === null ? statusText(status) : `q ${formatProbability(q)}`;
};

/** The ranking with a search, and the details of the feature that the address names; else of the first. */
export const RankedFeatures = ({ features }: { readonly features: readonly DriftFeature[] }) => {
  const [{ feature, featureVersion }, setState] = useUrlState(DEFAULTS);
  const [search, setSearch] = useState('');
  const listed = features.slice(0, RANKING_LIMIT);
  const several = new Set(listed.map(({ version }) => version)).size > 1;
  const picked =
    listed.find((one) => one.feature === feature && one.version === featureVersion) ??
    listed.find((one) => one.feature === feature) ??
    listed[0];
  const wanted = search.toLowerCase();
  const shown = listed.filter((one) => one.feature.toLowerCase().includes(wanted));
  return (
    <Columns
      choice={
        <Section
          title={t('drift.ranking.title', 'Features by evidence')}
          description={t(
            'drift.ranking.text',
            'The newest hour of each feature: effect in standard deviations of the reference, and q-value over all features of the model.',
          )}
        >
          {features.length > RANKING_LIMIT && <TooMuchData shown={RANKING_LIMIT} />}
          {listed.length > 8 && (
            <FilterInput
              value={search}
              aria-label={t('drift.ranking.search', 'Search features')}
              placeholder={t('drift.ranking.search', 'Search features')}
              onChange={setSearch}
            />
          )}
          {shown.length === 0 && (
            <EmptyData title={t('drift.ranking.none', 'No feature is called like this')} />
          )}
          <div style={{ maxHeight: 560, overflowY: 'auto' }}>
            <RankingBars
              label={t('drift.ranking.title', 'Features by evidence')}
              items={shown.map((one) => ({
                key: one.key,
                label: several ? `${one.feature} · ${one.version}` : one.feature,
                value: one.score,
                tone: driftTone(one.status, one.pages),
                note: noteOf(one),
              }))}
              selected={picked?.key}
              format={(value) => formatNumber(value)}
              onSelect={(key) => {
                const next = listed.find((one) => one.key === key);
                setState({ feature: next?.feature ?? '', featureVersion: next?.version ?? '' });
              }}
            />
          </div>
        </Section>
      }
    >
      {picked !== undefined && <FeatureDetails key={picked.key} picked={picked} />}
    </Columns>
  );
};
