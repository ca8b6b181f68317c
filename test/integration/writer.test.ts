import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from '../../collector-processor/src/core/outcome';
import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import { createNormalizer } from '../../collector-processor/src/normalize/normalizer';
import { createStoreClient } from '../../collector-processor/src/store/client';
import { createDeadLetter } from '../../collector-processor/src/store/deadLetter';
import { migrate } from '../../collector-processor/src/store/migrate';
import { type TraceBlock, TraceDecoder } from '../../collector-processor/src/store/traceBlock';
import { Writer, type WriterEvents } from '../../collector-processor/src/store/writer';
import { startEngine, type TestEngine } from '../support/engine';
import { traceRequestType } from '../support/otlpProto';
import { makeTraceRequest } from '../support/payloads/makeTraceRequest';

const settings = {
  minIntervalMs: 0,
  eagerRows: Infinity,
  flushAfterMs: 50,
  maxBlockRows: 1000,
  retryAfterMs: 700,
};

/** A request of one span with this name and these attributes. */
function span(name: string, attributes: Record<string, string> = {}): Uint8Array {
  const type = traceRequestType();
  return type
    .encode(
      type.fromObject({
        resourceSpans: [
          {
            scopeSpans: [
              {
                spans: [
                  {
                    traceId: Buffer.alloc(16, 7),
                    spanId: Buffer.alloc(8, 7),
                    name,
                    startTimeUnixNano: String(Date.now() * 1e6),
                    endTimeUnixNano: String(Date.now() * 1e6),
                    attributes: Object.entries(attributes).map(([key, stringValue]) => ({
                      key,
                      value: { stringValue },
                    })),
                  },
                ],
              },
            ],
          },
        ],
      }),
    )
    .finish();
}

describe('the writer on a real engine', () => {
  let engine: TestEngine;
  let letters: string;
  let writer: Writer<TraceBlock>;
  let told: string[];

  const send = (bytes: Uint8Array, tenant = 'default'): Promise<Outcome> =>
    writer.consume({ signal: 'traces', bytes, tenant, receivedAtMs: Date.now() });
  const scalar = async (query: string): Promise<string> => {
    const answer = await engine.client.query({ query, format: 'TabSeparated' });
    return (await answer.text()).trim();
  };

  beforeAll(async () => {
    engine = await startEngine();
    await migrate({ client: engine.client, events: { migrationApplied: () => undefined } });
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    await engine.client.command({ query: 'TRUNCATE TABLE otel_traces' });
    await engine.client.command({ query: 'TRUNCATE TABLE ml_inferences' });
    letters = mkdtempSync(join(tmpdir(), 'writer-'));
    told = [];
    const events: WriterEvents = {
      blockInserted: ({ table, rows }) => told.push(`${table} ${rows}`),
      insertFailed: ({ table, code, class: verdict }) => told.push(`${table} ${code} ${verdict}`),
      inferencesCounted: ({ convention, status, n }) => told.push(`${convention} ${status} ${n}`),
      unpriced: ({ model, n }) => told.push(`unpriced ${model} ${n}`),
      recordsCounted: ({ kind, n }) => told.push(`${kind} ${n}`),
      recordProblems: ({ kind, problem, n }) => told.push(`${kind} ${problem} ${n}`),
      rowsDeadLettered: ({ rows, kept }) => told.push(`dead ${rows} ${String(kept)}`),
    };
    const client = createStoreClient({
      url: engine.url,
      database: 'default',
      username: 'default',
      password: '',
      cluster: null,
      maxInsertMs: 10_000,
    });
    writer = new Writer<TraceBlock>(
      {
        client,
        decoder: new TraceDecoder(createNormalizer(), createPricer([])),
        deadLetter: createDeadLetter({ path: letters, maxBytes: 1_000_000 }),
        events,
        tracing: { inSpan: (_name, _options, work) => work() },
      },
      settings,
    );
    await writer.start();
  });
  afterEach(async () => {
    await writer.stop(AbortSignal.timeout(5000));
    rmSync(letters, { recursive: true, force: true });
  });

  test('answers when the rows are there, requests of one moment in one insert', async () => {
    const requests = [1, 2, 3].map((seed) =>
      makeTraceRequest({ seed, spans: 10, mix: 'ml', timeMs: Date.now() }),
    );
    const outcomes = await Promise.all(requests.map(({ bytes }) => send(bytes)));
    expect(outcomes).toEqual(requests.map(() => ({ status: 'accepted', rejected: 0 })));
    const inferences = requests.reduce((sum, request) => sum + request.inferences, 0);
    expect(await scalar('SELECT count() FROM otel_traces')).toBe('30');
    expect(await scalar('SELECT count() FROM ml_inferences')).toBe(String(inferences));
    // The idempotent table first: a crash in between costs nothing when the sender tries again.
    expect(told.slice(0, 2)).toEqual([`ml_inferences ${inferences}`, 'otel_traces 30']);
  });

  test('a malformed request is refused and leaves no row; its neighbours are written', async () => {
    const good = makeTraceRequest({ seed: 9, spans: 20, mix: 'ml', timeMs: Date.now() });
    const cut = good.bytes.subarray(0, good.bytes.length - 5);
    const [first, second, third] = await Promise.all([send(span('a')), send(cut), send(span('b'))]);
    expect(first).toEqual({ status: 'accepted', rejected: 0 });
    expect(second).toMatchObject({ status: 'refused' });
    expect(third).toEqual({ status: 'accepted', rejected: 0 });
    expect(
      await scalar('SELECT groupArray(SpanName) FROM (SELECT * FROM otel_traces ORDER BY ALL)'),
    ).toBe("['a','b']");
    expect(await scalar('SELECT count() FROM ml_inferences')).toBe('0');
  });

  test('a span over a limit is left out and told; the rest of its request is written', async () => {
    const many = Object.fromEntries(Array.from({ length: 1025 }, (_, i) => [`k${i}`, 'v']));
    const type = traceRequestType();
    const merged = Buffer.concat([span('small'), span('large', many), span('last')]);
    expect(type.decode(merged)).toBeDefined();
    expect(await send(merged)).toEqual({
      status: 'accepted',
      rejected: 1,
      reason: 'more than 1024 attributes',
    });
    expect(await scalar('SELECT count() FROM otel_traces')).toBe('2');
  });

  test('a tenant is written on the resource, but never over what the service sent', async () => {
    await send(span('a'), 'blue');
    expect(await scalar("SELECT ResourceAttributes['plumbline.tenant'] FROM otel_traces")).toBe(
      'blue',
    );
  });

  test('the guilty request alone goes to the dead letters', async () => {
    await engine.client.command({
      query: "ALTER TABLE otel_traces ADD CONSTRAINT no_bad CHECK SpanName != 'bad'",
    });
    try {
      const names = ['a', 'b', 'bad', 'c', 'd'];
      const outcomes = await Promise.all(names.map((name) => send(span(name))));
      expect(outcomes.map((outcome) => 'rejected' in outcome && outcome.rejected)).toEqual([
        0, 0, 1, 0, 0,
      ]);
      expect(await scalar('SELECT count() FROM otel_traces')).toBe('4');
      expect(readdirSync(letters).filter((name) => name.endsWith('.pb'))).toHaveLength(1);
      expect(told).toContain('dead 1 true');
    } finally {
      await engine.client.command({ query: 'ALTER TABLE otel_traces DROP CONSTRAINT no_bad' });
    }
  });

  test('a table that is gone is answered with "try again", and all is well when it is back', async () => {
    await engine.client.command({ query: 'RENAME TABLE otel_traces TO elsewhere' });
    try {
      expect(await send(span('a'))).toMatchObject({ status: 'retry', retryAfterMs: 700 });
    } finally {
      await engine.client.command({ query: 'RENAME TABLE elsewhere TO otel_traces' });
    }
    expect(await send(span('a'))).toEqual({ status: 'accepted', rejected: 0 });
  });

  test('requests beyond a full block wait for the next one', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, seed) =>
        send(
          makeTraceRequest({ seed: seed + 1, spans: 600, mix: 'plain', timeMs: Date.now() }).bytes,
        ),
      ),
    );
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['accepted']));
    expect(await scalar('SELECT count() FROM otel_traces')).toBe('4800');
    expect(told.filter((line) => line.startsWith('otel_traces')).length).toBeGreaterThan(2);
  });

  test('stopping writes what waits, and says "try again" to what comes later', async () => {
    const pending = send(span('last'));
    await writer.stop(AbortSignal.timeout(5000));
    expect(await pending).toEqual({ status: 'accepted', rejected: 0 });
    expect(await send(span('late'))).toMatchObject({ status: 'retry' });
  });
});
