import { defaultInferenceId } from '../../core/inferenceId';
import type { RecordKind, RecordSink } from '../../core/mlRecord';
import { FIELD } from '../fields';
import type { FieldReader } from '../fieldReader';
import { PREDICT } from '../operations';
import { isTold, type List } from '../readField';
import type { Recogniser, View } from '../recogniser';
import { kindsOf, type Occasion, tellRecord } from './recordReader';

/** Whose request it is and when it came. */
export interface Receipt {
  readonly tenant: string;
  readonly receivedAtMs: number;
}

type OfSpan = Omit<Occasion, 'timeMs' | 'timeLow' | 'timeHigh'>;

/** Finds the records about predictions that a span tells: in its own attributes, in events of their own, in its predictions. */
export class SpanRecords {
  private readonly reader: FieldReader;
  private readonly maxClockSkewMs: number;
  /** Events that are predictions and tell a record as well. */
  private readonly predictions: number[] = [];

  constructor(reader: FieldReader, maxClockSkewMs: number) {
    this.reader = reader;
    this.maxClockSkewMs = maxClockSkewMs;
  }

  /** Forgets the last span. */
  begin(): void {
    if (this.predictions.length > 0) this.predictions.length = 0;
  }

  /** Notes that the event `index`, a prediction, tells a record as well. */
  notePrediction(index: number): void {
    this.predictions.push(index);
  }

  isTold(view: View, { events }: Recogniser): boolean {
    return (
      view.attributes.shape.plan.records !== 0 ||
      events.records.length > 0 ||
      this.predictions.length > 0
    );
  }

  tell(view: View, span: Recogniser, receipt: Receipt, sink: RecordSink): void {
    const { reader } = this;
    const of = occasionOf(view, span, receipt);
    for (const kind of kindsOf(view.attributes.shape.plan.records)) {
      reader.openSpan(view);
      this.tellOne(kind, view.attributes, startOf(view, of), sink);
    }
    for (const { index, kind } of span.events.records) {
      view.openEvent(index);
      reader.openEvent(view);
      this.tellOne(kind, view.eventAttributes, timeOf(view, of), sink);
    }
    for (const index of this.predictions) {
      view.openEvent(index);
      reader.openEvent(view);
      const { traceId, spanId } = of;
      const own = { ...of, isCall: false, ownerId: defaultInferenceId(traceId, spanId, index) };
      for (const kind of kindsOf(view.eventAttributes.shape.plan.records)) {
        this.tellOne(kind, view.eventAttributes, timeOf(view, own), sink);
      }
    }
  }

  private tellOne(kind: RecordKind, list: List, occasion: Occasion, sink: RecordSink): void {
    const { reader, maxClockSkewMs } = this;
    tellRecord(kind, { reader, list }, occasion, { sink, maxClockSkewMs });
  }
}

function occasionOf(view: View, span: Recogniser, { tenant, receivedAtMs }: Receipt): OfSpan {
  const { bytes } = view.reader;
  const { traceIdAt, spanIdAt } = view;
  const traceId = traceIdAt < 0 ? '' : bytes.toString('hex', traceIdAt, traceIdAt + 16);
  const spanId = spanIdAt < 0 ? '' : bytes.toString('hex', spanIdAt, spanIdAt + 8);
  return {
    tenant,
    receivedAtMs,
    traceId,
    spanId,
    isCall: span.count > 0 && span.operation !== PREDICT,
    ownerId: ownerIdOf(view, span, (index) => defaultInferenceId(traceId, spanId, index)),
    ownerResponseId: toldAt(view.attributes, FIELD.responseId),
  };
}

/** The id of the only inference of a span; empty when it has none or several. */
function ownerIdOf(view: View, span: Recogniser, idOf: (index: number) => string): string {
  const told = toldAt(view.attributes, FIELD.predictionId);
  if (told !== '') return told;
  if (span.count !== 1) return '';
  if (!span.isByEvents) return idOf(0);
  const index = span.events.predictions[0]!;
  view.openEvent(index);
  return toldAt(view.eventAttributes, FIELD.predictionId) || idOf(index);
}

function toldAt(list: List, field: typeof FIELD.predictionId | typeof FIELD.responseId): string {
  const { first, others } = list.shape.plan;
  for (const at of [first[field]!, ...(others[field] ?? [])]) {
    if (at < 0) return '';
    const text = list.uniqueText(at);
    if (isTold(text)) return text;
  }
  return '';
}

const startOf = (view: View, of: OfSpan): Occasion => ({
  ...of,
  timeMs: view.startMs,
  timeLow: view.startLow,
  timeHigh: view.startHigh,
});

/** An event without a time has that of its span. */
const timeOf = (view: View, of: OfSpan): Occasion =>
  view.eventMs === 0
    ? startOf(view, of)
    : { ...of, timeMs: view.eventMs, timeLow: view.itemTimeLow, timeHigh: view.itemTimeHigh };
