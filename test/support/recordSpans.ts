import type {
  MlRecord,
  RecordKind,
  RecordProblem,
} from '../../collector-processor/src/core/mlRecord';
import { Inference } from '../../collector-processor/src/core/inference';
import {
  createNormalizer,
  type Normalizer,
} from '../../collector-processor/src/normalize/normalizer';
import { SpanView } from '../../collector-processor/src/otlp/spanView';
import { walkTraces } from '../../collector-processor/src/otlp/traces';
import { encodeSpan, RECEIVED_AT_MS, type TestSpan } from './normalizeSpans';

export interface Told {
  readonly records: MlRecord[];
  readonly problems: (readonly [RecordKind, RecordProblem])[];
  readonly inferences: number;
}

/** The records that the normaliser finds in a span. */
export function recordsOfSpan(
  span: TestSpan,
  receivedAtMs = RECEIVED_AT_MS,
  normalizer: Normalizer = createNormalizer(),
): Told {
  const view = new SpanView(normalizer.plans);
  const told = { records: [] as MlRecord[], problems: [] as [RecordKind, RecordProblem][] };
  let inferences = 0;
  walkTraces(encodeSpan(span), view, {
    resource: () => undefined,
    span: () => {
      const count = normalizer.recognise(view);
      for (let index = 0; index < count; index++) normalizer.fill(view, index, new Inference());
      inferences += count;
      if (!normalizer.hasRecords(view)) return;
      normalizer.tellRecords(
        view,
        { tenant: 'default', receivedAtMs },
        {
          record: (record) => told.records.push(record),
          problem: (kind, problem) => told.problems.push([kind, problem]),
        },
      );
    },
  });
  return { ...told, inferences };
}

/** The only record of a span. */
export function onlyRecord(span: TestSpan): MlRecord {
  const { records } = recordsOfSpan(span);
  if (records.length !== 1) throw new Error(`${records.length} records, 1 expected`);
  return records[0]!;
}
