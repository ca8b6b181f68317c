import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { ApiView } from '../../api/ApiView';
import { useApi } from '../../api/useApi';
import { RankingBars } from '../../charts/RankingBars';
import { TimeSeriesBand } from '../../charts/TimeSeriesBand';
import { formatCount, formatNumber } from '../../shared/format';
import { Section } from '../../shared/Section';
import { t } from '../../shared/t';
import { EmptyData } from '../../states/EmptyData';
import type { Importance } from './explainAnswers';
import { type FeatureImportance, importanceSeries } from './importanceSeries';
import { SourceNotice } from './SourceNotice';

export interface ExplainedModel {
  readonly environment: string;
  readonly model: string;
  readonly version: string;
}

interface Props {
  readonly of: ExplainedModel;
  readonly range: { readonly fromMs: number; readonly toMs: number };
}

const RANKED = 15;
/** As many as can be told from each other by colour. */
const DRAWN = 5;
const COLORS = [
  'semi-dark-orange',
  'semi-dark-blue',
  'semi-dark-green',
  'semi-dark-purple',
  'semi-dark-yellow',
];
const POINTS = 48;

const Pictures = ({
  features,
  range,
}: { readonly features: readonly FeatureImportance[] } & Pick<Props, 'range'>) => {
  const styles = useStyles2(getStyles);
  const { visualization } = useTheme2();
  return (
    <div className={styles.grid}>
      <RankingBars
        label={t('explain.importance.ranking', 'Features by importance')}
        format={(value) => formatNumber(value)}
        items={features.slice(0, RANKED).map(({ feature, importance, mean, n }) => ({
          key: feature,
          label: feature,
          value: importance,
          tone: 'unknown' as const,
          note: t('explain.importance.note', '(mean {{mean}}, n = {{n}})', {
            mean: formatNumber(mean),
            n: formatCount(n),
          }),
        }))}
      />
      <TimeSeriesBand
        label={t('explain.importance.series', 'Importance over time')}
        height={260}
        time={{ from: range.fromMs, to: range.toMs }}
        series={features.slice(0, DRAWN).map(({ feature, points }, at) => ({
          name: feature,
          points,
          color: visualization.getColorByName(COLORS[at] ?? 'orange'),
        }))}
      />
    </div>
  );
};

/** How much each feature decides in a version of a model, and how that changes. */
export const ModelImportance = ({ of, range }: Props) => {
  const known = of.model !== '';
  const { answer, retry } = useApi<Importance>(
    known
      ? {
          method: 'GET',
          path: 'explanations/importance',
          query: {
            ...of,
            from: new Date(range.fromMs).toISOString(),
            to: new Date(range.toMs).toISOString(),
            points: POINTS,
          },
        }
      : undefined,
  );
  if (!known)
    return (
      <EmptyData
        title={t('explain.importance.noModel', 'No model with predictions was seen yet')}
      />
    );
  return (
    <Section
      title={t('explain.importance.title', 'What decides in {{model}} {{version}}', {
        model: of.model,
        version: of.version,
      })}
      description={t('explain.importance.help', 'Mean absolute contribution of each feature')}
    >
      <ApiView answer={answer} height={260} onRetry={retry}>
        {({ source, surrogate, importance }) => (
          <>
            <SourceNotice source={source} surrogate={surrogate} />
            {importance.length > 0 && (
              <Pictures features={importanceSeries(importance)} range={range} />
            )}
          </>
        )}
      </ApiView>
    </Section>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  grid: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(300px, 100%), 1fr))',
    gap: theme.spacing(3),
    alignItems: 'start',
  }),
});
