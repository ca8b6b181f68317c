import { Inference } from '../../collector-processor/src/core/inference';
import type {
  MlRecord,
  RecordKind,
  RecordProblem,
} from '../../collector-processor/src/core/mlRecord';
import {
  createLogNormalizer,
  type LogNormalizer,
} from '../../collector-processor/src/normalize/logs/logNormalizer';
import { walkLogs } from '../../collector-processor/src/otlp/logs';
import { LogView } from '../../collector-processor/src/otlp/logView';
import { DECODE_LIMITS } from '../../collector-processor/src/otlp/wire';
import {
  type AnyValue,
  type AttributesOf,
  keyValues,
  RECEIVED_AT_MS,
  START_MS,
} from './normalizeSpans';
import { logRequestType } from './otlpProto';

export interface TestLog {
  readonly eventName?: string;
  readonly attributes?: AttributesOf;
  readonly resource?: AttributesOf;
  /** A map. */
  readonly body?: AttributesOf;
  readonly text?: string;
  readonly timeMs?: number;
  /** Without a span around it. */
  readonly alone?: boolean;
}

export interface ToldByLog {
  readonly inferences: Inference[];
  readonly records: MlRecord[];
  readonly problems: (readonly [RecordKind, RecordProblem])[];
}

const bodyOf = ({ body, text }: TestLog): AnyValue | undefined =>
  body === undefined
    ? text === undefined
      ? undefined
      : { stringValue: text }
    : { kvlistValue: { values: keyValues(body) } };

function encodeLog(log: TestLog): Uint8Array {
  const type = logRequestType();
  const ids = {
    traceId: Buffer.from('0af7651916cd43dd8448eb211c80319c', 'hex'),
    spanId: Buffer.from('b7ad6b7169203331', 'hex'),
  };
  const record = {
    ...(log.alone === true ? {} : ids),
    timeUnixNano: `${log.timeMs ?? START_MS}000000`,
    eventName: log.eventName ?? '',
    attributes: keyValues(log.attributes),
    body: bodyOf(log),
  };
  const resource = { attributes: keyValues(log.resource) };
  const request = { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }] };
  return type.encode(type.fromObject(request)).finish();
}

/** What the normaliser makes of one log record. */
export function normalizeLog(
  log: TestLog,
  normalizer: LogNormalizer = createLogNormalizer(),
  maxAttributes = DECODE_LIMITS.maxAttributes,
): ToldByLog {
  const view = new LogView(normalizer.plans, { ...DECODE_LIMITS, maxAttributes });
  const told: ToldByLog = { inferences: [], records: [], problems: [] };
  const receipt = { tenant: 'default', receivedAtMs: RECEIVED_AT_MS };
  walkLogs(encodeLog(log), view, () => {
    if (normalizer.recognise(view)) {
      const inference = new Inference();
      inference.receivedAtMs = RECEIVED_AT_MS;
      normalizer.fill(view, inference);
      told.inferences.push(inference);
    }
    if (!normalizer.hasRecords(view)) return;
    normalizer.tellRecords(view, receipt, {
      record: (record) => told.records.push(record),
      problem: (kind, problem) => told.problems.push([kind, problem]),
    });
  });
  return told;
}
