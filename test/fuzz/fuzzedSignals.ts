import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import { createNormalizer } from '../../collector-processor/src/normalize/normalizer';
import type { Signal } from '../../collector-processor/src/core/consumer';
import type { Block, Decoder } from '../../collector-processor/src/store/block';
import { TraceDecoder } from '../../collector-processor/src/store/traceBlock';
import { makeTraceRequest } from '../support/payloads/makeTraceRequest';
import type { Mix } from '../support/payloads/makeTraceRequest';

/** What the mutations need of a signal. */
export interface FuzzedSignal {
  readonly signal: Signal;
  readonly decoder: Decoder<Block>;
  /** Folder of test/cases whose small JSON requests are mutated, as JSON and as protobuf. */
  readonly cases: string;
  /** Further requests, protobuf; the first is also the good neighbour. */
  readonly requests: readonly Buffer[];
  /** How many rows of the main table the neighbour makes. */
  readonly neighbourRows: number;
}

const TIME_MS = Date.UTC(2026, 0, 15, 12);
const traces = (seed: number, spans: number, mix: Mix): Buffer =>
  makeTraceRequest({ seed, spans, mix, timeMs: TIME_MS }).bytes;

/** One line for each signal that is stored. */
export const FUZZED_SIGNALS: readonly FuzzedSignal[] = [
  {
    signal: 'traces',
    decoder: new TraceDecoder(createNormalizer(), createPricer([])),
    cases: 'traces',
    requests: [
      traces(1, 3, 'ml'),
      ...[2, 3, 4, 5, 6].map((seed) => traces(seed, 1, 'ml')),
      traces(7, 2, 'plain'),
    ],
    neighbourRows: 3,
  },
];
