import { METRIC_KIND, type MetricKind } from '../otlp/metricView';
import { MetricColumns } from './metricColumns';
import { ExponentialHistogramColumns, HistogramColumns } from './metricColumnsHistogram';
import { GaugeColumns, SumColumns } from './metricColumnsNumber';
import { SummaryColumns } from './metricColumnsSummary';

/** Rows of the five `otel_metrics_…` tables, one for each kind of metric. */
export class MetricTables {
  private readonly gauge = new MetricColumns(new GaugeColumns());
  private readonly sum = new MetricColumns(new SumColumns());
  private readonly histogram = new MetricColumns(new HistogramColumns());
  private readonly exponential = new MetricColumns(new ExponentialHistogramColumns());
  private readonly summary = new MetricColumns(new SummaryColumns());

  readonly tables = [
    ['otel_metrics_gauge', this.gauge],
    ['otel_metrics_sum', this.sum],
    ['otel_metrics_histogram', this.histogram],
    ['otel_metrics_exponential_histogram', this.exponential],
    ['otel_metrics_summary', this.summary],
  ] as const;

  of(kind: MetricKind): MetricColumns {
    switch (kind) {
      case METRIC_KIND.gauge:
        return this.gauge;
      case METRIC_KIND.histogram:
        return this.histogram;
      case METRIC_KIND.exponentialHistogram:
        return this.exponential;
      case METRIC_KIND.summary:
        return this.summary;
      case METRIC_KIND.sum:
      case METRIC_KIND.none:
        return this.sum;
    }
  }

  get rows(): number {
    return this.tables.reduce((rows, [, columns]) => rows + columns.rows, 0);
  }

  /** Each table is an insert of its own, so the most of them counts. */
  get partitions(): number {
    return Math.max(...this.tables.map(([, columns]) => columns.days.size));
  }

  mark(): void {
    for (const [, columns] of this.tables) columns.mark();
  }

  rollback(): void {
    for (const [, columns] of this.tables) columns.rollback();
  }

  reset(): void {
    for (const [, columns] of this.tables) columns.reset();
  }
}
