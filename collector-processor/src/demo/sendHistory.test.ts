import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import { InMemorySpanExporter, RandomIdGenerator } from '@opentelemetry/sdk-trace-node';
import { NO_FAULTS } from './faults';
import { createLedger } from './ledger';
import { trainSeattleWeather } from './models/seattleWeather';
import type { PastTraffic } from './pastTraffic';
import { createPastPredictions } from './pastPredictions';
import { createPastTraffic } from './pastTraffic';
import { createRandom } from './random';
import { DAY_MS, HOUR_MS } from './seasons';
import type { HistoryProgress } from './sendHistory';
import { REQUESTS_IN_FLIGHT, sendHistory } from './sendHistory';

const untilMs = Date.UTC(2026, 2, 20, 10, 20);
const model = trainSeattleWeather(untilMs);
const pastOf = (days: number): PastTraffic =>
  createPastTraffic(
    [
      createPastPredictions(
        { model, random: createRandom(1), ids: new RandomIdGenerator(), told: NO_FAULTS.told },
        'run-1',
      ),
    ],
    { days, untilMs },
  );

/** Keeps what it is given; `answer` says whether an export works. */
function recorder(answer: (attempt: number) => boolean = () => true) {
  const spans: ReadableSpan[] = [];
  const labels: ReadableSpan[] = [];
  const seen = { attempts: 0, successes: 0, inFlight: 0, mostInFlight: 0 };
  const open = new InMemorySpanExporter();
  const closed = new InMemorySpanExporter();
  void closed.shutdown();
  const exporter: SpanExporter = {
    export(batch, done) {
      const works = answer(seen.attempts++);
      seen.mostInFlight = Math.max(seen.mostInFlight, ++seen.inFlight);
      setTimeout(() => {
        seen.inFlight--;
        if (works) {
          seen.successes++;
          for (const span of batch) (span.events.length > 0 ? labels : spans).push(span);
        }
        (works ? open : closed).export(batch, done);
      }, 1);
    },
    shutdown: () => Promise.resolve(),
  };
  return { spans, labels, seen, exporter };
}

async function send(traffic: PastTraffic, exporter: SpanExporter, stop = new AbortController()) {
  const ledger = createLedger();
  const progress: HistoryProgress = { sent: 0, total: traffic.total, state: 'sending' };
  await sendHistory({ traffic, exporter, ledger, progress }, stop.signal);
  return { progress, counts: ledger.counts() };
}

const startMsOf = (span: ReadableSpan): number =>
  span.startTime[0] * 1_000 + span.startTime[1] / 1e6;

test('the past has at least 300 requests in every whole hour, seasons, and ends now', async () => {
  const { exporter, spans, labels, seen } = recorder();
  const { progress, counts } = await send(pastOf(2), exporter);
  expect(progress).toMatchObject({ state: 'done', sent: spans.length, total: spans.length });
  expect(counts).toEqual({
    spans: { 'seattle-weather': spans.length + labels.length },
    inferences: { 'seattle-weather / seattle-weather': spans.length },
  });
  expect(seen.mostInFlight).toBeLessThanOrEqual(REQUESTS_IN_FLIGHT);

  const perHour = new Map<number, number>();
  for (const span of spans) {
    const hour = Math.floor(startMsOf(span) / HOUR_MS);
    perHour.set(hour, (perHour.get(hour) ?? 0) + 1);
    expect(span.endTime[0] * 1_000 + span.endTime[1] / 1e6).toBeLessThanOrEqual(untilMs + 0.001);
  }
  expect(perHour.size).toBe(49);
  const now = Math.floor(untilMs / HOUR_MS);
  const whole = [...perHour].filter(([hour]) => hour < now).map(([, requests]) => requests);
  expect(Math.min(...whole)).toBeGreaterThanOrEqual(300);
  expect(Math.max(...whole)).toBeGreaterThan(350);
  expect(perHour.get(now)).toBeGreaterThan(100);
  expect(Math.min(...spans.map(startMsOf))).toBeGreaterThan(untilMs - 2 * DAY_MS - HOUR_MS);
});

test('ids are unique and spans look like those of the live service', async () => {
  const { exporter, spans } = recorder();
  await send(pastOf(1), exporter);
  expect(new Set(spans.map((span) => span.spanContext().spanId)).size).toBe(spans.length);
  expect(spans[0]!.resource.attributes).toMatchObject({
    'service.name': 'seattle-weather',
    'service.instance.id': 'run-1',
    'deployment.environment.name': 'demo',
  });
  expect(spans[0]!.name).toBe('predict seattle-weather');
  expect(spans[0]!.attributes['ml.model.name']).toBe('seattle-weather');
});

test('a request that fails is sent again', async () => {
  const { exporter, spans, labels, seen } = recorder((attempt) => attempt !== 1);
  const { progress, counts } = await send(pastOf(1), exporter);
  expect(progress.state).toBe('done');
  expect(progress.sent).toBe(spans.length);
  expect(counts.spans).toEqual({ 'seattle-weather': spans.length + labels.length });
  expect(seen.attempts).toBe(seen.successes + 1);
});

test('when stopped it finishes what it began and says how far it came', async () => {
  const { exporter, spans, labels } = recorder();
  const stop = new AbortController();
  const sending = send(pastOf(14), exporter, stop);
  setTimeout(() => {
    stop.abort();
  }, 30);
  const { progress, counts } = await sending;
  expect(progress.state).toBe('stopped');
  expect(progress.sent).toBe(spans.length);
  expect(progress.sent).toBeLessThan(progress.total);
  expect(counts.spans).toEqual({ 'seattle-weather': spans.length + labels.length });
});

test('labels come a day after some of the predictions, never before they are due', async () => {
  const { exporter, spans, labels } = recorder();
  await send(pastOf(3), exporter);
  const startOf = new Map(
    spans.map((span) => [
      `${span.spanContext().traceId}:${span.spanContext().spanId}`,
      startMsOf(span),
    ]),
  );
  const told = labels.flatMap(({ events }) => events);
  expect(told.length / spans.length).toBeGreaterThan(0.06);
  expect(told.length / spans.length).toBeLessThan(0.12);
  for (const { name, attributes, time } of told) {
    expect(name).toBe('ml.label');
    const predictedMs = startOf.get(String(attributes!['ml.prediction.id']))!;
    const labelledMs = time[0] * 1_000 + time[1] / 1e6;
    expect(labelledMs - predictedMs).toBeGreaterThan(23.9 * HOUR_MS);
    expect(labelledMs).toBeLessThanOrEqual(untilMs + 0.001);
  }
});

test('the first week is told when all of it has arrived', async () => {
  const { exporter, spans } = recorder();
  const { progress } = await send(pastOf(8), exporter);
  const first = Math.min(...spans.map(startMsOf));
  expect(progress.reference!.toMs - progress.reference!.fromMs).toBe(7 * DAY_MS);
  expect(progress.reference!.fromMs).toBe(Math.floor(first / HOUR_MS) * HOUR_MS);
  const short = await send(pastOf(1), recorder().exporter);
  expect(short.progress.reference).toBeUndefined();
});
