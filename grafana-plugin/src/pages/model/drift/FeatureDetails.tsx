import { RadioButtonGroup } from '@grafana/ui';
import { featureBinsSql, featureDriftSql } from '@plumbline/schemas/queries';
import { type DriftFeature, driftEvidenceOf } from '../../../queries/driftFeature';
import { QueryView } from '../../../queries/QueryView';
import { rowsOf } from '../../../queries/rowsOf';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { formatTime } from '../../../shared/format';
import { t } from '../../../shared/t';
import { useUrlState } from '../../../shared/useUrlState';
import { EmptyData } from '../../../states/EmptyData';
import { useModel } from '../ModelContext';
import { Section } from '../parts/Section';
import { DriftSeries } from './DriftSeries';
import { Evidence } from './Evidence';
import { FeatureDistribution } from './FeatureDistribution';

const DEFAULTS = { over: 'window' };

/** One feature: what was found in words and numbers, both distributions, and how it went over time. */
export const FeatureDetails = ({ picked }: { readonly picked: DriftFeature }) => {
  const { identity } = useModel();
  const [{ over }, setState] = useUrlState(DEFAULTS);
  const { version, segment, feature, startMs, minutes } = picked;
  const key = { ...identity, version, segment, feature };
  const isWindow = over === 'window' && startMs !== null;
  const window = isWindow ? { startMs, minutes } : undefined;
  const { query: bins, retry } = useSceneQuery(featureBinsSql(key, window));
  const { query: series, retry: retrySeries } = useSceneQuery(featureDriftSql(key));
  return (
    <>
      <Section
        title={feature}
        description={t('drift.found.when', 'Hour of {{time}}', { time: formatTime(startMs) })}
      >
        <Evidence picked={picked} />
      </Section>
      <Section
        title={t('drift.distribution.title', 'Distribution')}
        actions={
          <RadioButtonGroup
            size="sm"
            aria-label={t('drift.distribution.over', 'Current rows')}
            options={[
              { label: t('drift.distribution.window', 'Newest hour'), value: 'window' },
              { label: t('drift.distribution.range', 'Whole time range'), value: 'range' },
            ]}
            value={over}
            onChange={(next: string) => {
              setState({ over: next });
            }}
          />
        }
      >
        <QueryView
          query={bins}
          height={240}
          onRetry={retry}
          empty={
            <EmptyData
              title={t('drift.distribution.none', 'No baseline has bins of this feature')}
            />
          }
        >
          {(frames) => <FeatureDistribution feature={feature} rows={rowsOf(frames)} />}
        </QueryView>
      </Section>
      <QueryView query={series} height={240} onRetry={retrySeries}>
        {(frames) => (
          <DriftSeries feature={feature} windows={rowsOf(frames).map(driftEvidenceOf)} />
        )}
      </QueryView>
    </>
  );
};
