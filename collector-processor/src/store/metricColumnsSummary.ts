import type { AnyMetricView, KindColumns, NamedColumn } from './metricColumns';
import { PlainColumn } from './native/columns';
import { ArrayColumn, Offsets } from './native/nested';
import { pushEightBytes } from './pointNumbers';

/** What `otel_metrics_summary` has of its own. */
export class SummaryColumns implements KindColumns {
  private readonly count = new PlainColumn('UInt64');
  private readonly sum = new PlainColumn('Float64');
  private readonly offsets = new Offsets();
  private readonly quantile = new ArrayColumn(new PlainColumn('Float64'), this.offsets);
  private readonly value = new ArrayColumn(new PlainColumn('Float64'), this.offsets);
  private readonly flags = new PlainColumn('UInt32');

  readonly columns: readonly NamedColumn[] = [
    ['Count', this.count],
    ['Sum', this.sum],
    ['ValueAtQuantiles.Quantile', this.quantile],
    ['ValueAtQuantiles.Value', this.value],
    ['Flags', this.flags],
  ];

  push(view: AnyMetricView): void {
    pushEightBytes(this.count.values, view, view.countAt);
    pushEightBytes(this.sum.values, view, view.sumAt);
    const { values } = this.quantile.inner;
    for (let i = 0; i < view.quantileCount; i++) {
      view.openQuantile(i);
      pushEightBytes(values, view, view.itemQuantileAt);
      pushEightBytes(this.value.inner.values, view, view.itemValueAt);
    }
    this.offsets.push(values.length / 8);
    this.flags.values.int32(view.flags);
  }
}
