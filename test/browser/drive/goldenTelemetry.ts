const HOUR = 3_600_000;
/** Long enough for `MONITOR` to make a baseline by itself. */
const DAYS = 2;
/** The section `monitor` under which the telemetry is worked up soon: little history, wide windows. */
export const MONITOR = {
  everyMs: 500,
  windowMinutes: 60,
  baseline: { days: 1, minRows: 200 },
} as const;
const SHIFTED_HOURS = 6;
/** A name that is SQL for whoever forgets to quote it. */
export const HOSTILE_MODEL = "'; DROP TABLE ml_inferences";
/** All in one: a baseline is asked for once an hour, and must not be asked for between two requests. */
const SPANS_PER_REQUEST = 5000;

interface Attribute {
  readonly key: string;
  readonly value: object;
}

/** One OTLP/JSON request of traces. */
export interface TraceRequest {
  readonly resourceSpans: readonly object[];
}

const text = (key: string, stringValue: string): Attribute => ({ key, value: { stringValue } });
const double = (key: string, doubleValue: number): Attribute => ({ key, value: { doubleValue } });
const whole = (key: string, intValue: number): Attribute => ({
  key,
  value: { intValue: String(intValue) },
});
const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
/** A number from 0 to 1 that depends on `n` alone (the fractional parts of multiples of the golden ratio). */
const spread = (n: number): number => (n * 0.618033988749895) % 1;

interface Call {
  readonly service: string;
  readonly name: string;
  readonly atMs: number;
  readonly tookMs: number;
  readonly failed?: boolean;
  readonly attributes: readonly Attribute[];
  readonly events?: readonly object[];
}

/** Silent: what pages count over the last 24 hours must not become less while a test runs. */
const SILENT_HOUR = 24;

/** Scores of a fraud model: 20 an hour for days, 60 an hour at the end, when one feature has moved. */
function fraudCalls(nowMs: number): Call[] {
  const calls: Call[] = [];
  for (let hoursAgo = DAYS * 24; hoursAgo >= 1; hoursAgo--) {
    if (hoursAgo === SILENT_HOUR) continue;
    const shifted = hoursAgo <= SHIFTED_HOURS;
    const count = shifted ? 60 : 20;
    for (let at = 0; at < count; at++) {
      const n = calls.length;
      const amount = 20 + 80 * spread(n) + (shifted ? 60 : 0);
      const score = Math.min(0.999, amount / 200 + 0.2 * spread(n * 7));
      const atMs = nowMs - hoursAgo * HOUR + (at * HOUR) / count;
      const label = {
        name: 'ml.label',
        timeUnixNano: `${atMs + 60_000}000000`,
        attributes: [
          text('ml.prediction.id', `payment-${n}`),
          { key: 'ml.label.value', value: { boolValue: spread(n * 3) < score } },
        ],
      };
      calls.push({
        ...{ service: 'payments', name: 'score', atMs, tookMs: 5 + (n % 40) },
        failed: n % 97 === 0,
        attributes: [
          text('ml.model.name', 'fraud'),
          text('ml.model.version', '3'),
          text('ml.model.type', 'binary'),
          text('ml.prediction.id', `payment-${n}`),
          text('team', 'risk'),
          double('ml.prediction.score', score),
          double('ml.feature.amount', amount),
          double('ml.feature.age_days', 400 * spread(n * 5)),
          text('ml.feature.country', n % 3 === 0 ? 'de' : 'fr'),
          text('ml.segment.country', n % 3 === 0 ? 'de' : 'fr'),
          double('ml.explanation.amount', amount / 400 - 0.15),
          double('ml.explanation.age_days', 0.1 * spread(n * 5) - 0.05),
          double('ml.explanation.base_value', 0.3),
        ],
        events: n % 5 < 3 ? [label] : [],
      });
    }
  }
  return calls;
}

/** Calls of a priced and of an unpriced language model over the last hours. */
function chatCalls(nowMs: number): Call[] {
  return Array.from({ length: 180 }, (_, n) => {
    const priced = n % 3 !== 0;
    return {
      ...{ service: 'support', name: 'chat', tookMs: 300 + 17 * (n % 60) },
      atMs: nowMs - 5 * HOUR + n * 90_000,
      failed: n % 20 === 7,
      attributes: [
        text('gen_ai.operation.name', 'chat'),
        text('gen_ai.provider.name', priced ? 'openai' : 'acme'),
        text('gen_ai.request.model', priced ? 'gpt-5-mini' : 'acme-support-13b'),
        text('gen_ai.response.model', priced ? 'gpt-5-mini-2025-08-07' : 'acme-support-13b'),
        text('team', 'care'),
        whole('gen_ai.usage.input_tokens', 400 + (n % 7) * 100),
        whole('gen_ai.usage.output_tokens', 60 + (n % 11) * 10),
      ],
    };
  });
}

const hostileCalls = (nowMs: number): Call[] =>
  Array.from({ length: 12 }, (_, n) => ({
    ...{ service: 'odd', name: 'predict', atMs: nowMs - HOUR + n * 60_000, tookMs: 3 },
    attributes: [
      text('ml.model.name', HOSTILE_MODEL),
      text('ml.model.version', '"1"'),
      text('ml.model.type', 'regression'),
      double('ml.prediction.value', n),
      double('ml.feature.<b>', n),
    ],
  }));

const spanOf = ({ name, atMs, tookMs, failed, attributes, events = [] }: Call, n: number) => ({
  traceId: hex(n + 1, 32),
  spanId: hex(n + 1, 16),
  name,
  kind: 3,
  startTimeUnixNano: `${Math.floor(atMs)}000000`,
  endTimeUnixNano: `${Math.floor(atMs) + tookMs}000000`,
  attributes,
  events,
  status: failed === true ? { code: 2, message: 'timed out' } : {},
});

/**
 * What three services would have sent until now: a classifier that drifts at the end, two language models of which one
 * has no price, and a model whose name is SQL. The same rows for the same time.
 */
export function goldenTelemetry(nowMs: number): TraceRequest[] {
  const calls = [...fraudCalls(nowMs), ...chatCalls(nowMs), ...hostileCalls(nowMs)];
  const requests: TraceRequest[] = [];
  for (let from = 0; from < calls.length; from += SPANS_PER_REQUEST) {
    const part = calls.slice(from, from + SPANS_PER_REQUEST);
    const services = [...new Set(part.map(({ service }) => service))];
    requests.push({
      resourceSpans: services.map((service) => ({
        resource: {
          attributes: [
            text('service.name', service),
            text('deployment.environment.name', 'production'),
          ],
        },
        scopeSpans: [
          {
            spans: part.flatMap((call, at) =>
              call.service === service ? [spanOf(call, from + at)] : [],
            ),
          },
        ],
      })),
    });
  }
  return requests;
}
