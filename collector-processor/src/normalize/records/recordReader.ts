import {
  type MlRecord,
  RECORD_KINDS,
  type RecordKind,
  type RecordSink,
  type RecordValues,
} from '../../core/mlRecord';
import { FIELD } from '../fields';
import type { FieldReader } from '../fieldReader';
import type { List } from '../readField';
import { readValues } from './readValues';
import { RECORD_BIT } from './recordBits';
import { recordIdOf } from '../../core/recordId';

/** Where and when a record was told, as far as its own attributes do not say. */
export interface Occasion {
  readonly tenant: string;
  readonly receivedAtMs: number;
  /** The prediction that it is about unless it names another one; empty: none or more than one. */
  readonly ownerId: string;
  /** The answer of the span it stands on; empty: none is known. */
  readonly ownerResponseId: string;
  /** Whether it stands on a call of a generative model: the requested model may then stand in for the answering one. */
  readonly isCall: boolean;
  readonly traceId: string;
  readonly spanId: string;
  readonly timeMs: number;
  /** The same in nanoseconds since 1970, low and high 32 bits. */
  readonly timeLow: number;
  readonly timeHigh: number;
}

/** The kinds of records that these bits stand for. */
export const kindsOf = (records: number): readonly RecordKind[] =>
  RECORD_KINDS.filter((kind) => (records & RECORD_BIT[kind]) !== 0);

/** Hands the record of this kind that the reader has open to the sink, or tells why it cannot be used. */
export function tellRecord(
  kind: RecordKind,
  { reader, list }: { readonly reader: FieldReader; readonly list: List },
  occasion: Occasion,
  { sink, maxClockSkewMs }: { readonly sink: RecordSink; readonly maxClockSkewMs: number },
): void {
  const values = readValues(kind, reader, list);
  if (typeof values === 'string') {
    sink.problem(kind, values);
    return;
  }
  const inferenceId = inferenceIdOf(reader, values, occasion);
  if (!isFindable(values, inferenceId, occasion)) {
    sink.problem(kind, 'no_id');
    return;
  }
  if ('problem' in values && values.problem !== '') sink.problem(kind, values.problem);
  const { tenant, receivedAtMs, traceId, spanId, timeMs } = occasion;
  const recordId = recordIdOf({ ...occasion, inferenceId, values });
  sink.record({
    ...modelOf(reader, occasion),
    tenant,
    environment: reader.processText(FIELD.environment),
    service: reader.processText(FIELD.service),
    time: timeMs,
    receivedAtMs,
    inferenceId,
    recordId,
    traceId,
    spanId,
    clockSkew: timeMs - receivedAtMs > maxClockSkewMs ? 1 : 0,
    values,
  });
}

function modelOf(reader: FieldReader, { isCall }: Occasion): Pick<MlRecord, 'model' | 'version'> {
  const model = reader.sharedText(FIELD.model);
  const version = reader.versionOf(model);
  return isCall ? { model: model || version, version: version || model } : { model, version };
}

/** What names another answer than that of its span is not about the span. */
function inferenceIdOf(reader: FieldReader, values: RecordValues, occasion: Occasion): string {
  const own = reader.ownUniqueText(FIELD.predictionId);
  if (own !== '') return own;
  const { ownerId, ownerResponseId } = occasion;
  const isAboutOther = values.kind === 'evaluation' && values.responseId !== ownerResponseId;
  return isAboutOther ? '' : ownerId;
}

/** Whether anyone can find out what the record is about. A flag is about whatever happens around it. */
function isFindable(values: RecordValues, inferenceId: string, { traceId }: Occasion): boolean {
  if (inferenceId !== '' || values.kind === 'flag') return true;
  return values.kind === 'evaluation' && (values.responseId !== '' || traceId !== '');
}
