import type { AnyMetricView, NamedColumn } from './metricColumns';
import { AttributeMapColumn } from './native/attributeMap';
import { PlainColumn } from './native/columns';
import { ArrayColumn, Offsets } from './native/nested';
import { pushNumber } from './pointNumbers';

/** The `Exemplars` of a point: four of the five tables have them. */
export class ExemplarColumns {
  private readonly offsets = new Offsets();
  private readonly attributes = new ArrayColumn(new AttributeMapColumn(), this.offsets);
  private readonly time = new ArrayColumn(new PlainColumn('DateTime64(9)'), this.offsets);
  private readonly value = new ArrayColumn(new PlainColumn('Float64'), this.offsets);
  private readonly spanId = new ArrayColumn(new PlainColumn('String'), this.offsets);
  private readonly traceId = new ArrayColumn(new PlainColumn('String'), this.offsets);

  readonly columns: readonly NamedColumn[] = [
    ['Exemplars.FilteredAttributes', this.attributes],
    ['Exemplars.TimeUnix', this.time],
    ['Exemplars.Value', this.value],
    ['Exemplars.SpanId', this.spanId],
    ['Exemplars.TraceId', this.traceId],
  ];

  push(view: AnyMetricView): void {
    const { bytes } = view.reader;
    const values = this.value.inner.values;
    for (let i = 0; i < view.exemplarCount; i++) {
      view.openExemplar(i);
      this.attributes.inner.push(view.exemplarAttributes);
      this.time.inner.values.int64(view.itemTimeLow, view.itemTimeHigh);
      pushNumber(values, view, view.itemValueAt, view.itemValueIsInt);
      // Unlike the ids of spans, the exporter writes absent ones as zeros here.
      if (view.itemSpanIdAt < 0) this.spanId.inner.values.string(NO_SPAN);
      else this.spanId.inner.values.hex(bytes, view.itemSpanIdAt, 8);
      if (view.itemTraceIdAt < 0) this.traceId.inner.values.string(NO_TRACE);
      else this.traceId.inner.values.hex(bytes, view.itemTraceIdAt, 16);
    }
    this.offsets.push(values.length / 8);
  }
}

const NO_SPAN = '0'.repeat(16);
const NO_TRACE = '0'.repeat(32);
