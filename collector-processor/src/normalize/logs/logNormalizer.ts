import { defaultInferenceId, detailsInferenceId } from '../../core/inferenceId';
import type { Inference } from '../../core/inference';
import type { RecordKind, RecordSink } from '../../core/mlRecord';
import type { LogPlans } from '../../otlp/logView';
import { FIELD } from '../fields';
import { FieldReader } from '../fieldReader';
import { fillContext } from '../fillContext';
import { fillIdentity } from '../fillIdentity';
import { fillPrediction } from '../fillPrediction';
import { compileKeyPlan, type KeyPlan } from '../keyPlan';
import { NO_CALL, type Operation, PREDICT } from '../operations';
import type { List } from '../readField';
import { RECORD_BIT } from '../records/recordBits';
import { RECORD_EVENTS } from '../records/recordEvents';
import { kindsOf, type Occasion, tellRecord } from '../records/recordReader';
import type { Receipt } from '../records/spanRecords';
import { attributeWeight } from '../sampleWeight';
import { PREDICTION_EVENT } from '../spanEvents';
import { compileBodyPlan } from './bodyPlan';
import { contentId } from './contentId';
import {
  DETAILS_EVENT,
  detailedOperation,
  eventNameOf,
  idsOf,
  type LogRecordView,
} from './logEvents';

export interface LogNormalizerCounts {
  segmentsDropped: number;
  clockSkewed: number;
  /** Entries of bodies that were too many for a feature vector. */
  featuresDropped: number;
}

/** Makes inferences and records about predictions of log records that tell such events. */
export interface LogNormalizer {
  readonly plans: LogPlans<KeyPlan, KeyPlan, KeyPlan>;
  readonly counts: Readonly<LogNormalizerCounts>;
  /** Whether the record tells an inference; false for an ordinary one. */
  recognise(view: LogRecordView): boolean;
  /** Fills the inference of the record that was recognised last. It was reset; its tenant and time of receipt are set. */
  fill(view: LogRecordView, inference: Inference): void;
  /** Whether the record that was looked at last tells records about predictions. */
  hasRecords(view: LogRecordView): boolean;
  /** Hands those to the sink. */
  tellRecords(view: LogRecordView, receipt: Receipt, sink: RecordSink): void;
}

export function createLogNormalizer({ maxClockSkewMs = 600_000 } = {}): LogNormalizer {
  return new EventNormalizer(maxClockSkewMs);
}

class EventNormalizer implements LogNormalizer {
  readonly plans = { resource: compileKeyPlan, record: compileKeyPlan, body: compileBodyPlan };
  readonly counts: LogNormalizerCounts = { segmentsDropped: 0, clockSkewed: 0, featuresDropped: 0 };
  private readonly maxClockSkewMs: number;
  private readonly reader = new FieldReader();
  private operation: Operation = NO_CALL;
  /** The kind of record that the event is; undefined: it is none by its name. */
  private kind: RecordKind | undefined;
  private hasBody = false;

  constructor(maxClockSkewMs: number) {
    this.maxClockSkewMs = maxClockSkewMs;
  }

  recognise(view: LogRecordView): boolean {
    this.operation = NO_CALL;
    this.kind = undefined;
    const name = eventNameOf(view);
    if (name === '') return false;
    this.kind = RECORD_EVENTS.get(name);
    if (name === PREDICTION_EVENT) this.operation = PREDICT;
    else if (name === DETAILS_EVENT) this.operation = detailedOperation(view);
    else if (this.kind === undefined) return false;
    this.hasBody = name !== DETAILS_EVENT && view.openBody();
    return this.operation !== NO_CALL;
  }

  fill(view: LogRecordView, inference: Inference): void {
    const { reader, operation, counts, maxClockSkewMs } = this;
    inference.source = view.reader.bytes;
    inference.traceIdAt = view.traceIdAt;
    inference.spanIdAt = view.spanIdAt;
    inference.time = view.timeMs;
    if (operation === PREDICT) {
      const list = this.openFor(view, (plan) => plan.tellsOutput);
      fillPrediction(reader, list, inference);
    } else reader.openAlone(view, view.attributes);
    fillIdentity(reader, operation, view, inference);
    if (inference.predictionId === '') inference.predictionId = this.idOf(view);
    // A span that tells the same call counts before this; the rollup pass sees to it.
    if (operation !== PREDICT) inference.rollup = 1;
    inference.sampleWeight = attributeWeight(reader);
    if (this.hasBody) counts.featuresDropped += view.bodyLeftOut;
    const lists = [...this.listsOf(view), view.resource];
    fillContext(reader, lists, inference, { maxClockSkewMs, counts });
  }

  hasRecords(view: LogRecordView): boolean {
    return this.kind !== undefined || (this.operation === PREDICT && this.recordsOf(view) !== 0);
  }

  tellRecords(view: LogRecordView, receipt: Receipt, sink: RecordSink): void {
    const { reader, maxClockSkewMs } = this;
    const occasion = this.occasionOf(view, receipt);
    const kinds = this.kind === undefined ? kindsOf(this.recordsOf(view)) : [this.kind];
    for (const kind of kinds) {
      const list = this.openFor(view, (plan) => (plan.records & RECORD_BIT[kind]) !== 0);
      tellRecord(kind, { reader, list }, occasion, { sink, maxClockSkewMs });
    }
  }

  private listsOf({ attributes, bodyAttributes }: LogRecordView): readonly List[] {
    return this.hasBody ? [attributes, bodyAttributes] : [attributes];
  }

  private recordsOf(view: LogRecordView): number {
    const ofBody = this.hasBody ? view.bodyAttributes.shape.plan.records : 0;
    return view.attributes.shape.plan.records | ofBody;
  }

  /** Opens the attributes, or the body where it alone tells what is looked for; the other one is around it. */
  private openFor(view: LogRecordView, tells: (plan: KeyPlan) => boolean): List {
    const { reader } = this;
    const { attributes, bodyAttributes } = view;
    if (!this.hasBody) {
      reader.openAlone(view, attributes);
      return attributes;
    }
    const inBody = !tells(attributes.shape.plan) && tells(bodyAttributes.shape.plan);
    const [own, outer] = inBody ? [bodyAttributes, attributes] : [attributes, bodyAttributes];
    reader.openInside(view, own, outer);
    return own;
  }

  /** The id of an inference that was not given one. */
  private idOf(view: LogRecordView): string {
    const { traceId, spanId } = idsOf(view);
    if (this.operation !== PREDICT) return detailsInferenceId(traceId, spanId);
    const given = this.reader.sharedText(FIELD.predictionId);
    if (given !== '') return given;
    const content = contentId(this.listsOf(view), view.timeLow, view.timeHigh);
    return `${traceId}:${spanId}:${content}`;
  }

  private occasionOf(view: LogRecordView, { tenant, receivedAtMs }: Receipt): Occasion {
    const { traceId, spanId } = idsOf(view);
    const { timeMs, timeLow, timeHigh } = view;
    return {
      tenant,
      receivedAtMs,
      traceId,
      spanId,
      timeMs,
      timeLow,
      timeHigh,
      isCall: false,
      ownerId: this.ownerIdOf(view, traceId, spanId),
      // A response is named where its span is not known: the span around the record is then its judge's.
      ownerResponseId: '',
    };
  }

  /** The prediction that the record tells or names; else the one of its span. */
  private ownerIdOf(view: LogRecordView, traceId: string, spanId: string): string {
    this.openFor(view, (plan) => plan.tellsOutput);
    const named = this.reader.sharedText(FIELD.predictionId);
    if (named !== '') return named;
    if (this.operation === PREDICT) return this.idOf(view);
    return traceId === '' || spanId === '' ? '' : defaultInferenceId(traceId, spanId, 0);
  }
}
