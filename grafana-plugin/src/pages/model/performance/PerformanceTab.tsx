import { Combobox, InlineField, Stack } from '@grafana/ui';
import { metricBySegmentSql, newestMetricsSql, segmentGapsSql } from '@plumbline/schemas/queries';
import { QueryView } from '../../../queries/QueryView';
import { rowsOf } from '../../../queries/rowsOf';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { t } from '../../../shared/t';
import { useUrlState } from '../../../shared/useUrlState';
import { EmptyData } from '../../../states/EmptyData';
import { useModelScope } from '../ModelContext';
import { Section } from '../parts/Section';
import { measuredMetricOf, metricText } from './measuredMetric';
import { MetricOverTime } from './MetricOverTime';
import { MetricTable } from './MetricTable';

const DEFAULTS = { metric: '' };

const NoPerformance = () => (
  <EmptyData title={t('performance.empty.title', 'No performance was measured in this time range')}>
    {t(
      'performance.empty.text',
      'Metrics need to know what predictions turned out to be: send ml.label events or POST /api/v1/labels, or evaluation scores for language models.',
    )}
  </EmptyData>
);

interface PartProps {
  readonly sql: string;
  readonly title: string;
  readonly description: string;
  readonly none: string;
}

const MetricsOfGroups = ({ sql, title, description, none }: PartProps) => {
  const { query, retry } = useSceneQuery(sql);
  return (
    <Section title={title} description={description}>
      <QueryView query={query} onRetry={retry} empty={<p>{none}</p>}>
        {(frames) => (
          <MetricTable caption={title} metrics={rowsOf(frames).map(measuredMetricOf)} ofGroups />
        )}
      </QueryView>
    </Section>
  );
};

/** What is known of how good the answers are, how sure that is, and for whom it is better or worse. */
const PerformanceTab = () => {
  const scope = useModelScope();
  const [{ metric: asked }, setState] = useUrlState(DEFAULTS);
  const { query, retry } = useSceneQuery(newestMetricsSql(scope));
  return (
    <QueryView query={query} height={320} onRetry={retry} empty={<NoPerformance />}>
      {(frames) => {
        const metrics = rowsOf(frames).map(measuredMetricOf);
        const names = [...new Set(metrics.map(({ metric }) => metric))].sort();
        const metric = names.includes(asked) ? asked : (names[0] ?? '');
        return (
          <Stack direction="column" gap={2}>
            <Section
              title={t('performance.newest.title', 'Newest hour')}
              description={t(
                'performance.newest.text',
                'Each metric with its interval of 95%, and how many of the predictions had a label when it was computed.',
              )}
            >
              <MetricTable
                caption={t('performance.newest.title', 'Newest hour')}
                metrics={metrics}
              />
            </Section>
            <InlineField label={t('performance.metric', 'Metric')} htmlFor="performance-metric">
              <Combobox
                id="performance-metric"
                width={32}
                options={names.map((value) => ({ value, label: metricText(value) }))}
                value={metric}
                onChange={({ value }) => {
                  setState({ metric: value });
                }}
              />
            </InlineField>
            <MetricOverTime metric={metric} />
            <MetricsOfGroups
              sql={metricBySegmentSql(scope, metric)}
              title={t('performance.segments.title', 'By segment')}
              description={t(
                'performance.segments.text',
                'The newest hour of the metric in each segment; intervals that do not overlap are a difference.',
              )}
              none={t('performance.segments.none', 'No segment has enough labels.')}
            />
            <MetricsOfGroups
              sql={segmentGapsSql(scope)}
              title={t('performance.fairness.title', 'Fairness')}
              description={t(
                'performance.fairness.text',
                'Differences between groups of a segment and the largest group of it. An interval without 0 (for ratios: without 1) is a difference that chance does not explain.',
              )}
              none={t(
                'performance.fairness.none',
                'Nothing to compare: it takes a binary model with segments of at least 30 rows each.',
              )}
            />
          </Stack>
        );
      }}
    </QueryView>
  );
};

export default PerformanceTab;
