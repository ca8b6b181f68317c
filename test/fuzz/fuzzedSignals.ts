import { createPricer } from '@plumbline/collector-processor/dist/enrich/price/pricer';
import { createLogNormalizer } from '@plumbline/collector-processor/dist/normalize/logs/logNormalizer';
import { createNormalizer } from '@plumbline/collector-processor/dist/normalize/normalizer';
import { createUsageRecogniser } from '@plumbline/collector-processor/dist/normalize/usageRecogniser';
import type { Signal } from '@plumbline/collector-processor/dist/core/consumer';
import type { Block, Decoder } from '@plumbline/collector-processor/dist/store/block';
import { LogDecoder } from '@plumbline/collector-processor/dist/store/logBlock';
import { MetricDecoder } from '@plumbline/collector-processor/dist/store/metricBlock';
import { createMetricUsage } from '@plumbline/collector-processor/dist/store/metricUsage';
import { createMlLogObserver } from '@plumbline/collector-processor/dist/store/mlLogObserver';
import { TraceDecoder } from '@plumbline/collector-processor/dist/store/traceBlock';
import { makeLogRequest } from '../support/payloads/makeLogRequest';
import { makeMetricRequest } from '../support/payloads/makeMetricRequest';
import { makeTraceRequest } from '../support/payloads/makeTraceRequest';
import type { Mix } from '../support/payloads/makeTraceRequest';

/** What the mutations need of a signal. */
export interface FuzzedSignal {
  readonly signal: Signal;
  readonly decoder: Decoder<Block>;
  /** Requests, protobuf, beside those of the signal's cases; the first is also the good neighbour. */
  readonly requests: readonly Buffer[];
  /** How many rows the neighbour makes in the signal's own tables, all different. */
  readonly neighbourRows: number;
}

const TIME_MS = Date.UTC(2026, 0, 15, 12);
const traces = (seed: number, spans: number, mix: Mix): Buffer =>
  makeTraceRequest({ seed, spans, mix, timeMs: TIME_MS }).bytes;
const logs = (seed: number, records: number): Buffer =>
  makeLogRequest({ seed, records, timeMs: TIME_MS }).bytes;
const metrics = (seed: number, points: number): Buffer =>
  makeMetricRequest({ seed, points, timeMs: TIME_MS }).bytes;

/** One line for each signal that is stored. */
export const FUZZED_SIGNALS: readonly FuzzedSignal[] = [
  {
    signal: 'traces',
    decoder: new TraceDecoder(createNormalizer(), createPricer([])),
    requests: [
      traces(1, 3, 'ml'),
      ...[2, 3, 4, 5, 6].map((seed) => traces(seed, 1, 'ml')),
      traces(7, 2, 'plain'),
    ],
    neighbourRows: 3,
  },
  {
    signal: 'logs',
    decoder: new LogDecoder(createMlLogObserver(createLogNormalizer(), createPricer([]))),
    requests: [logs(1, 3), logs(2, 1), logs(3, 1)],
    neighbourRows: 3,
  },
  {
    signal: 'metrics',
    decoder: new MetricDecoder(createMetricUsage(createUsageRecogniser())),
    // Sums come first; gauges and histograms are in the cases.
    requests: [metrics(1, 3), metrics(2, 1)],
    neighbourRows: 3,
  },
];
