import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import {
  createForward,
  type Forward,
  type ForwardSettings,
} from '../../collector-processor/src/forward/createForward';
import type { OtlpRequest, Signal } from '../../collector-processor/src/core/consumer';
import { makeCertificate, writeCertificate } from '../support/certificates';
import { firstHttp2Request } from '../support/firstHttp2Request';
import { type OtlpSink, type SinkOptions, startOtlpSink } from '../support/otlpSink';
import { makeTraceRequest } from '../support/payloads/makeTraceRequest';
import { until } from '../support/until';

const NO_TLS = {
  caFile: null,
  certFile: null,
  keyFile: null,
  serverName: null,
  insecureSkipVerify: false,
};
const SETTINGS: Omit<ForwardSettings, 'endpoint' | 'protocol'> = {
  headers: {},
  compression: 'none',
  timeoutMs: 5000,
  tls: NO_TLS,
  queue: { maxBytes: 1_000_000, maxRequests: 100, concurrency: 4 },
  retry: { attempts: 3, initialMs: 20, maxMs: 100 },
  drainMs: 2000,
  metricsEveryMs: 60_000,
  metricsMaxSeries: 10,
  instance: 'test',
};
const PROTOCOLS = ['grpc', 'http'] as const;

const request = (
  bytes: Uint8Array,
  signal: Signal = 'traces',
  tenant = 'default',
): OtlpRequest => ({
  signal,
  bytes,
  tenant,
  receivedAtMs: 0,
});
const { bytes: BYTES } = makeTraceRequest({ seed: 3, spans: 20, mix: 'ml', timeMs: 1e12 });

describe.each(PROTOCOLS)('forwarding over %s', (protocol) => {
  let told: string[];
  let details: string[];
  const running: { stop(deadline: AbortSignal): Promise<void> }[] = [];
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'plumbline-forward-'));
    told = [];
    details = [];
  });
  afterEach(async () => {
    for (const part of running.splice(0).reverse()) await part.stop(AbortSignal.abort());
    rmSync(directory, { recursive: true, force: true });
  });

  const sinkOf = async (options: Partial<SinkOptions> = {}): Promise<OtlpSink> => {
    const sink = await startOtlpSink({ protocol, ...options });
    running.push(sink);
    return sink;
  };
  const forwardTo = async (
    endpoint: string,
    settings: Partial<ForwardSettings> = {},
  ): Promise<Forward> => {
    const forward = createForward(
      {
        clock: Date.now,
        events: {
          forwardSent: ({ signal, items }) => told.push(`sent ${signal} ${items}`),
          forwardRejected: ({ items, reason }) => told.push(`rejected ${items} ${reason}`),
          forwardDropped: ({ signal, items, reason, detail }) => {
            told.push(`dropped ${signal} ${items} ${reason}`);
            details.push(detail);
          },
          forwardRetried: ({ code, reason }) => {
            told.push('retried');
            details.push(`${code}: ${reason}`);
          },
          usageOverflowed: ({ n }) => told.push(`overflowed ${n}`),
        },
      },
      { ...SETTINGS, ...settings, endpoint, protocol },
    );
    running.push(forward);
    await forward.start();
    return forward;
  };
  const settled = (forward: Forward): Promise<void> =>
    until(() => forward.forwarder.queued.requests === 0);

  test('sends each signal where it belongs, byte for byte, with the headers', async () => {
    const sink = await sinkOf();
    const forward = await forwardTo(sink.endpoint, { headers: { Authorization: 'Bearer t' } });
    for (const signal of ['traces', 'metrics', 'logs'] as const) {
      expect(forward.forwarder.offer(request(BYTES, signal), 20)).toBe(true);
    }
    await settled(forward);
    expect(told.toSorted()).toEqual(['sent logs 20', 'sent metrics 20', 'sent traces 20']);
    const paths =
      protocol === 'http'
        ? ['/v1/logs', '/v1/metrics', '/v1/traces']
        : ['logs.v1.Logs', 'metrics.v1.Metrics', 'trace.v1.Trace'].map(
            (name) => `/opentelemetry.proto.collector.${name}Service/Export`,
          );
    expect(sink.requests.map(({ path }) => path).toSorted()).toEqual(paths);
    for (const { bytes, headers } of sink.requests) {
      expect(bytes.equals(BYTES)).toBe(true);
      expect(headers.authorization).toBe('Bearer t');
    }
    expect(forward.forwarder.queued).toEqual({ bytes: 0, requests: 0 });
  });

  test('compresses when told to', async () => {
    const sink = await sinkOf();
    const forward = await forwardTo(sink.endpoint, { compression: 'gzip' });
    forward.forwarder.offer(request(BYTES), 20);
    await settled(forward);
    expect(sink.requests[0]!.bytes.equals(BYTES)).toBe(true);
    if (protocol === 'http') {
      expect(sink.requests[0]!.headers['content-encoding']).toBe('gzip');
    } else {
      // grpc-js keeps the encoding from who handles the call.
      const { headers, body } = await firstHttp2Request((endpoint) =>
        forwardTo(endpoint, { compression: 'gzip' }).then(({ forwarder }) => {
          forwarder.offer(request(BYTES), 20);
        }),
      );
      expect(headers['grpc-encoding']).toBe('gzip');
      expect(body[0]).toBe(1);
      expect(gunzipSync(body.subarray(5)).equals(BYTES)).toBe(true);
    }
  });

  test('TLS: takes only a certificate of the given authority, shows its own, and can be told not to look', async () => {
    const certificate = makeCertificate({ name: 'collector' });
    const own = writeCertificate(directory, certificate);
    const sink = await sinkOf({ certificate, mutual: true });
    const good = await forwardTo(sink.endpoint, {
      tls: { ...NO_TLS, ...own, caFile: own.certFile },
    });
    good.forwarder.offer(request(BYTES), 1);
    await settled(good);
    const blind = await forwardTo(sink.endpoint, {
      tls: { ...NO_TLS, ...own, insecureSkipVerify: true },
    });
    blind.forwarder.offer(request(BYTES), 2);
    await settled(blind);
    expect(told).toEqual(['sent traces 1', 'sent traces 2']);
    const wary = await forwardTo(sink.endpoint, { tls: { ...NO_TLS, ...own } });
    wary.forwarder.offer(request(BYTES), 3);
    await settled(wary);
    const anonymous = await forwardTo(sink.endpoint, {
      tls: { ...NO_TLS, caFile: own.certFile },
    });
    anonymous.forwarder.offer(request(BYTES), 4);
    await settled(anonymous);
    expect(told.filter((line) => line.startsWith('dropped'))).toEqual([
      'dropped traces 3 attempts',
      'dropped traces 4 attempts',
    ]);
    expect(sink.requests).toHaveLength(2);
  });

  test('TLS: the name in the certificate can differ from the host', async () => {
    const certificate = makeCertificate({ name: 'collector', host: 'otlp.example' });
    const sink = await sinkOf({ certificate });
    const tls = { ...NO_TLS, caFile: writeCertificate(directory, certificate).certFile };
    const named = await forwardTo(sink.endpoint, { tls: { ...tls, serverName: 'otlp.example' } });
    named.forwarder.offer(request(BYTES), 1);
    await settled(named);
    const plain = await forwardTo(sink.endpoint, { tls });
    plain.forwarder.offer(request(BYTES), 2);
    await settled(plain);
    expect(told.filter((line) => line !== 'retried')).toEqual([
      'sent traces 1',
      'dropped traces 2 attempts',
    ]);
  });

  test('a file that is not there stops the start', async () => {
    const tls = { ...NO_TLS, caFile: '/nowhere/ca.pem' };
    await expect(forwardTo('https://localhost:1', { tls })).rejects.toThrow('/nowhere/ca.pem');
  });

  test('what is refused for good is not sent again; partial success is counted', async () => {
    const sink = await sinkOf({
      answer: (index) => (index === 0 ? 'refused' : { rejected: 7 }),
    });
    const forward = await forwardTo(sink.endpoint);
    forward.forwarder.offer(request(BYTES), 20);
    await settled(forward);
    forward.forwarder.offer(request(BYTES), 20);
    await settled(forward);
    expect(told).toEqual([
      'dropped traces 20 refused',
      'sent traces 20',
      'rejected 7 some are bad',
    ]);
    expect(details[0]).toContain('not like this');
    expect(sink.requests).toHaveLength(2);
  });

  test('comes back when it was asked to, not before', async () => {
    const sink = await sinkOf({ answer: (index) => (index === 0 ? { laterMs: 1000 } : 'taken') });
    const forward = await forwardTo(sink.endpoint);
    forward.forwarder.offer(request(BYTES), 20);
    await settled(forward);
    expect(told).toEqual(['retried', 'sent traces 20']);
    const [first, second] = sink.requests;
    expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(990);
  });

  test('gives up after the attempts, and on an endpoint that does not answer', async () => {
    const sink = await sinkOf({ answer: (index) => (index < 3 ? { laterMs: 0 } : 'silent') });
    const forward = await forwardTo(sink.endpoint, { timeoutMs: 200 });
    forward.forwarder.offer(request(BYTES), 20);
    await settled(forward);
    expect(sink.requests).toHaveLength(3);
    forward.forwarder.offer(request(BYTES), 21);
    await settled(forward);
    const given = ['retried', 'retried'];
    expect(told).toEqual([
      ...[...given, 'dropped traces 20 attempts'],
      ...[...given, 'dropped traces 21 attempts'],
    ]);
  });

  test('the queue is bounded by requests and bytes, and what it drops is counted', async () => {
    const sink = await sinkOf({ answer: () => 'silent' });
    const queue = { maxBytes: 3.5 * BYTES.length, maxRequests: 5, concurrency: 2 };
    const forward = await forwardTo(sink.endpoint, { queue });
    const offer = (bytes: Uint8Array): boolean => forward.forwarder.offer(request(bytes), 1);
    expect([1, 2, 3, 4].map(() => offer(BYTES))).toEqual([true, true, true, false]);
    const small = Buffer.from([10, 0]);
    expect([1, 2, 3].map(() => offer(small))).toEqual([true, true, false]);
    expect(told).toEqual(['dropped traces 1 queue_bytes', 'dropped traces 1 queue_requests']);
    expect(forward.forwarder.queued).toEqual({ bytes: 3 * BYTES.length + 4, requests: 5 });
    await until(() => sink.requests.length === 2);
    await sleep(50);
    expect(sink.requests).toHaveLength(2);
    const begun = performance.now();
    await forward.stop(AbortSignal.timeout(300));
    expect(performance.now() - begun).toBeLessThan(1500);
    expect(told.filter((line) => line.endsWith('stopping'))).toHaveLength(5);
    expect(forward.forwarder.queued).toEqual({ bytes: 0, requests: 0 });
    expect(offer(small)).toBe(false);
  });

  test('stopping sends what waits', async () => {
    const sink = await sinkOf();
    const forward = await forwardTo(sink.endpoint);
    for (let i = 0; i < 20; i++) forward.forwarder.offer(request(BYTES), 1);
    await forward.stop(AbortSignal.timeout(5000));
    expect(sink.requests).toHaveLength(20);
    expect(told).toEqual(Array.from({ length: 20 }, () => 'sent traces 1'));
  });

  test('an endpoint that was down gets what waited when it is back', async () => {
    const gone = await startOtlpSink({ protocol });
    await gone.stop();
    const retry = { attempts: 100, initialMs: 20, maxMs: 100 };
    const forward = await forwardTo(gone.endpoint, { retry });
    for (let i = 0; i < 10; i++) forward.forwarder.offer(request(BYTES), 20);
    await until(() => told.includes('retried'));
    const back = await sinkOf({ port: Number(new URL(gone.endpoint).port) });
    await settled(forward);
    expect(back.requests).toHaveLength(10);
    expect(told.filter((line) => line.startsWith('sent'))).toHaveLength(10);
    expect(told.filter((line) => line.startsWith('dropped'))).toEqual([]);
  });

  test('bytes that are no request are dropped and counted', async () => {
    const sink = await sinkOf();
    const forward = await forwardTo(sink.endpoint);
    forward.forwarder.offer(request(Buffer.from([10, 9]), 'logs', 'blue'), 3);
    await settled(forward);
    expect(told).toEqual(['dropped logs 3 malformed']);
  });
});
