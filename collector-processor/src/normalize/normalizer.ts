import type { Inference } from '../core/inference';
import type { RecordSink } from '../core/mlRecord';
import type { TracePlans } from '../otlp/spanView';
import { FIELD } from './fields';
import { FieldReader } from './fieldReader';
import { type ContextCounts, fillContext } from './fillContext';
import { fillIdentity } from './fillIdentity';
import { addFeatures, fillPrediction } from './fillPrediction';
import { addSegments, addVariant } from './fillSegments';
import { compileKeyPlan, type KeyPlan } from './keyPlan';
import type { List } from './readField';
import { Recogniser, type View } from './recogniser';
import { type Receipt, SpanRecords } from './records/spanRecords';
import { sampleWeight } from './sampleWeight';

const ERROR = 2;

export interface NormalizerSettings {
  /** How far ahead of the receiver's clock a call may be before it is marked, milliseconds. */
  readonly maxClockSkewMs: number;
}

const DEFAULTS: NormalizerSettings = { maxClockSkewMs: 600_000 };

/** What was left out or marked since the start, for the service's own metrics. */
export type NormalizerCounts = ContextCounts;

/** Makes inferences of spans, whatever convention they are told in. */
export interface Normalizer {
  readonly plans: TracePlans<KeyPlan, KeyPlan, KeyPlan>;
  readonly counts: Readonly<NormalizerCounts>;
  /** How many inferences the span tells; 0 for an ordinary one. */
  recognise(view: View): number;
  /**
   * Fills the inference `index` of the span that was recognised last. The inference was reset; its tenant and time of
   * receipt are set.
   */
  fill(view: View, index: number, inference: Inference): void;
  /** Whether the span whose inferences were filled last tells records about predictions: labels, scores, flags. */
  hasRecords(view: View): boolean;
  /** Hands those records to the sink. */
  tellRecords(view: View, receipt: Receipt, sink: RecordSink): void;
}

export function createNormalizer(settings: Partial<NormalizerSettings> = {}): Normalizer {
  return new SpanNormalizer({ ...DEFAULTS, ...settings });
}

/** Whether a list tells anything of a prediction, if only its id. */
const isToldBy = ({ shape: { plan } }: List): boolean =>
  plan.isPrediction || plan.first[FIELD.predictionId]! >= 0;

class SpanNormalizer implements Normalizer {
  readonly plans = { resource: compileKeyPlan, span: compileKeyPlan, event: compileKeyPlan };
  readonly counts: NormalizerCounts = { segmentsDropped: 0, clockSkewed: 0 };
  private readonly context: NormalizerSettings & { readonly counts: NormalizerCounts };
  private readonly recogniser = new Recogniser();
  private readonly reader = new FieldReader();
  private readonly records: SpanRecords;
  /** Whether the last span was looked into at all. */
  private isLookedInto = false;

  constructor(settings: NormalizerSettings) {
    this.context = { ...settings, counts: this.counts };
    this.records = new SpanRecords(this.reader, settings.maxClockSkewMs);
  }

  recognise(view: View): number {
    const { plan } = view.attributes.shape;
    // Most spans of most services: no key of ours and nothing that could be a prediction.
    const isPlain = !plan.isGenAi && !plan.isPrediction && plan.records === 0;
    this.isLookedInto = !isPlain || view.eventCount > 0;
    if (!this.isLookedInto) return 0;
    this.records.begin();
    return this.recogniser.recognise(view);
  }

  hasRecords(view: View): boolean {
    return this.isLookedInto && this.records.isTold(view, this.recogniser);
  }

  tellRecords(view: View, receipt: Receipt, sink: RecordSink): void {
    this.records.tell(view, this.recogniser, receipt, sink);
  }

  fill(view: View, index: number, inference: Inference): void {
    const { reader, recogniser } = this;
    reader.openSpan(view);
    this.fillSpan(view, inference);
    if (recogniser.events.records.length > 0) this.addFlagEvents(view, inference);
    if (recogniser.isByEvents) {
      const eventIndex = recogniser.events.predictions[index]!;
      view.openEvent(eventIndex);
      reader.openEvent(view);
      inference.eventIndex = eventIndex;
      inference.time = view.eventMs === 0 ? inference.time : view.eventMs;
      if (view.eventAttributes.shape.plan.records !== 0) this.records.notePrediction(eventIndex);
      fillPrediction(reader, view.eventAttributes, inference);
      addFeatures(view.eventAttributes, inference);
      this.counts.segmentsDropped += addSegments(view.eventAttributes, inference);
    } else if (isToldBy(view.attributes)) {
      fillPrediction(reader, view.attributes, inference);
    }
    fillIdentity(reader, recogniser.operation, view, inference);
    inference.sampleWeight = sampleWeight(reader, view);
    fillContext(reader, [view.attributes, view.resource], inference, this.context);
  }

  /** Ids, times and status of the span. */
  private fillSpan(view: View, inference: Inference): void {
    inference.source = view.reader.bytes;
    inference.traceIdAt = view.traceIdAt;
    inference.spanIdAt = view.spanIdAt;
    inference.parentSpanIdAt = view.parentSpanIdAt;
    inference.time = view.startMs;
    inference.latencyMs = view.durationMs;
    inference.error = view.statusCode === ERROR;
    const { exception } = this.recogniser.events;
    if (inference.error && exception >= 0 && !this.recogniser.isByEvents) {
      view.openEvent(exception);
      const at = view.eventAttributes.shape.plan.first[FIELD.errorType]!;
      if (at >= 0) inference.errorType = view.eventAttributes.text(at);
    }
  }

  /** Variants of feature flags that the span tells in events of its own. */
  private addFlagEvents(view: View, inference: Inference): void {
    const { reader, recogniser, counts } = this;
    for (const { index, kind } of recogniser.events.records) {
      if (kind !== 'flag') continue;
      view.openEvent(index);
      reader.openEvent(view);
      counts.segmentsDropped += addVariant(reader, inference);
    }
    reader.openSpan(view);
  }
}
