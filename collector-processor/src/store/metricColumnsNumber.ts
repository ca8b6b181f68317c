import { ExemplarColumns } from './exemplarColumns';
import type { AnyMetricView, KindColumns, NamedColumn } from './metricColumns';
import { PlainColumn } from './native/columns';
import { pushNumber } from './pointNumbers';

/** What `otel_metrics_gauge` has of its own. */
export class GaugeColumns implements KindColumns {
  private readonly value = new PlainColumn('Float64');
  private readonly flags = new PlainColumn('UInt32');
  private readonly exemplars = new ExemplarColumns();

  readonly columns: readonly NamedColumn[] = [
    ['Value', this.value],
    ['Flags', this.flags],
    ...this.exemplars.columns,
  ];

  push(view: AnyMetricView): void {
    pushNumber(this.value.values, view, view.valueAt, view.valueIsInt);
    this.flags.values.int32(view.flags);
    this.exemplars.push(view);
  }
}

/** What `otel_metrics_sum` has of its own. */
export class SumColumns implements KindColumns {
  private readonly gauge = new GaugeColumns();
  private readonly temporality = new PlainColumn('Int32');
  private readonly monotonic = new PlainColumn('Bool');

  readonly columns: readonly NamedColumn[] = [
    ...this.gauge.columns,
    ['AggregationTemporality', this.temporality],
    ['IsMonotonic', this.monotonic],
  ];

  push(view: AnyMetricView): void {
    this.gauge.push(view);
    this.temporality.values.int32(view.temporality);
    this.monotonic.values.byte(view.monotonic ? 1 : 0);
  }
}
