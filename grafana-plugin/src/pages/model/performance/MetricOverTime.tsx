import { metricOverTimeSql } from '@plumbline/schemas/queries';
import type { SeriesPoint } from '../../../charts/bandPath';
import { TimeSeriesBand } from '../../../charts/TimeSeriesBand';
import { useSeriesColors } from '../../../charts/useSeriesColors';
import { QueryView } from '../../../queries/QueryView';
import { numberOf, type Row, rowsOf } from '../../../queries/rowsOf';
import { useSceneRange } from '../../../scenes/sceneRange';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { formatDuration, formatNumber, formatShare, UNKNOWN } from '../../../shared/format';
import { t } from '../../../shared/t';
import { useModelScope } from '../ModelContext';
import { Section } from '../parts/Section';
import { seriesBy, type ValueColumns } from '../parts/seriesOf';
import { lagUnit } from './lagUnit';
import { metricText } from './measuredMetric';

interface PartProps {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly columns: ValueColumns;
  readonly format: (value: number) => string;
  readonly fromZero?: boolean;
  /** What the values of the rows are divided by. */
  readonly unit?: number;
}

const inUnit = (point: SeriesPoint, unit: number): SeriesPoint => ({
  ...point,
  value: point.value === null ? null : point.value / unit,
});

const Part = ({ title, rows, columns, format, fromZero = false, unit = 1 }: PartProps) => {
  const color = useSeriesColors();
  const { fromMs, toMs } = useSceneRange();
  return (
    <Section title={title}>
      <TimeSeriesBand
        label={t('health.signal.picture', '{{signal}} over time', { signal: title })}
        height={160}
        time={{ from: fromMs, to: toMs }}
        series={seriesBy(rows, 'version', columns).map(({ name, points }, index) => ({
          name: name === '' ? UNKNOWN : name,
          points: unit === 1 ? points : points.map((point) => inUnit(point, unit)),
          color: color(index),
        }))}
        format={format}
        fromZero={fromZero}
      />
    </Section>
  );
};

/** A metric with its interval, and what it rests on: how many labels came, and how late. */
export const MetricOverTime = ({ metric }: { readonly metric: string }) => {
  const scope = useModelScope();
  const { query, retry } = useSceneQuery(metricOverTimeSql(scope, metric));
  return (
    <QueryView query={query} height={480} onRetry={retry}>
      {(frames) => {
        const rows = rowsOf(frames);
        const lag = lagUnit(rows.map((row) => numberOf(row, 'label_lag_s')));
        return (
          <>
            <Part
              title={t('performance.overTime', '{{metric}} with its interval of 95%', {
                metric: metricText(metric),
              })}
              rows={rows}
              columns={{ value: 'value', low: 'low', high: 'high' }}
              format={formatNumber}
            />
            <Part
              title={t('performance.name.coverage', 'Share of predictions with a label')}
              rows={rows}
              columns={{ value: 'label_coverage' }}
              format={formatShare}
              fromZero
            />
            <Part
              title={t('performance.lag', 'Time until the label came')}
              rows={rows}
              columns={{ value: 'label_lag_s' }}
              format={(value) => formatDuration(value, lag.name)}
              fromZero
              unit={lag.seconds}
            />
          </>
        );
      }}
    </QueryView>
  );
};
