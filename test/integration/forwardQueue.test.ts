import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { firstHttp2Request } from '../support/firstHttp2Request';
import { BYTES, ForwardBench, forwardRequest, settled } from '../support/forwardBench';
import { startOtlpSink } from '../support/otlpSink';
import { until } from '../support/until';

describe.each(['grpc', 'http'] as const)('forwarding over %s', (protocol) => {
  let bench: ForwardBench;

  beforeEach(() => {
    bench = new ForwardBench(protocol);
  });
  afterEach(() => bench.stop());

  test('sends each signal where it belongs, byte for byte, with the headers', async () => {
    const sink = await bench.sinkOf();
    const forward = await bench.forwardTo(sink.endpoint, {
      headers: { Authorization: 'Bearer t' },
    });
    for (const signal of ['traces', 'metrics', 'logs'] as const) {
      expect(forward.forwarder.offer(forwardRequest(BYTES, signal), 20)).toBe(true);
    }
    await settled(forward);
    expect(bench.told.toSorted()).toEqual(['sent logs 20', 'sent metrics 20', 'sent traces 20']);
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
    const sink = await bench.sinkOf();
    const forward = await bench.forwardTo(sink.endpoint, { compression: 'gzip' });
    forward.forwarder.offer(forwardRequest(BYTES), 20);
    await settled(forward);
    expect(sink.requests[0]!.bytes.equals(BYTES)).toBe(true);
    if (protocol === 'http') {
      expect(sink.requests[0]!.headers['content-encoding']).toBe('gzip');
    } else {
      // grpc-js keeps the encoding from who handles the call.
      const { headers, body } = await firstHttp2Request((endpoint) =>
        bench.forwardTo(endpoint, { compression: 'gzip' }).then(({ forwarder }) => {
          forwarder.offer(forwardRequest(BYTES), 20);
        }),
      );
      expect(headers['grpc-encoding']).toBe('gzip');
      expect(body[0]).toBe(1);
      expect(gunzipSync(body.subarray(5)).equals(BYTES)).toBe(true);
    }
  });

  test('what is refused for good is not sent again; partial success is counted', async () => {
    const sink = await bench.sinkOf({
      answer: (index) => (index === 0 ? 'refused' : { rejected: 7 }),
    });
    const forward = await bench.forwardTo(sink.endpoint);
    forward.forwarder.offer(forwardRequest(BYTES), 20);
    await settled(forward);
    forward.forwarder.offer(forwardRequest(BYTES), 20);
    await settled(forward);
    expect(bench.told).toEqual([
      'dropped traces 20 refused',
      'sent traces 20',
      'rejected 7 some are bad',
    ]);
    expect(bench.details[0]).toContain('not like this');
    expect(sink.requests).toHaveLength(2);
  });

  test('comes back when it was asked to, not before', async () => {
    const sink = await bench.sinkOf({
      answer: (index) => (index === 0 ? { laterMs: 1000 } : 'taken'),
    });
    const forward = await bench.forwardTo(sink.endpoint);
    forward.forwarder.offer(forwardRequest(BYTES), 20);
    await settled(forward);
    expect(bench.told).toEqual(['retried', 'sent traces 20']);
    const [first, second] = sink.requests;
    expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(990);
  });

  test('gives up after the attempts, and on an endpoint that does not answer', async () => {
    const sink = await bench.sinkOf({ answer: (index) => (index < 3 ? { laterMs: 0 } : 'silent') });
    const forward = await bench.forwardTo(sink.endpoint, { timeoutMs: 200 });
    forward.forwarder.offer(forwardRequest(BYTES), 20);
    await settled(forward);
    expect(sink.requests).toHaveLength(3);
    forward.forwarder.offer(forwardRequest(BYTES), 21);
    await settled(forward);
    const given = ['retried', 'retried'];
    expect(bench.told).toEqual([
      ...[...given, 'dropped traces 20 attempts'],
      ...[...given, 'dropped traces 21 attempts'],
    ]);
  });

  test('the queue is bounded by requests and bytes, and what it drops is counted', async () => {
    const sink = await bench.sinkOf({ answer: () => 'silent' });
    const queue = { maxBytes: 3.5 * BYTES.length, maxRequests: 5, concurrency: 2 };
    const forward = await bench.forwardTo(sink.endpoint, { queue });
    const offer = (bytes: Uint8Array): boolean => forward.forwarder.offer(forwardRequest(bytes), 1);
    expect([1, 2, 3, 4].map(() => offer(BYTES))).toEqual([true, true, true, false]);
    const small = Buffer.from([10, 0]);
    expect([1, 2, 3].map(() => offer(small))).toEqual([true, true, false]);
    expect(bench.told).toEqual(['dropped traces 1 queue_bytes', 'dropped traces 1 queue_requests']);
    expect(forward.forwarder.queued).toEqual({ bytes: 3 * BYTES.length + 4, requests: 5 });
    await until(() => sink.requests.length === 2);
    await sleep(50);
    expect(sink.requests).toHaveLength(2);
    const begun = performance.now();
    await forward.stop(AbortSignal.timeout(300));
    expect(performance.now() - begun).toBeLessThan(1500);
    expect(bench.told.filter((line) => line.endsWith('stopping'))).toHaveLength(5);
    expect(forward.forwarder.queued).toEqual({ bytes: 0, requests: 0 });
    expect(offer(small)).toBe(false);
  });

  test('stopping sends what waits', async () => {
    const sink = await bench.sinkOf();
    const forward = await bench.forwardTo(sink.endpoint);
    for (let i = 0; i < 20; i++) forward.forwarder.offer(forwardRequest(BYTES), 1);
    await forward.stop(AbortSignal.timeout(5000));
    expect(sink.requests).toHaveLength(20);
    expect(bench.told).toEqual(Array.from({ length: 20 }, () => 'sent traces 1'));
  });

  test('an endpoint that was down gets what waited when it is back', async () => {
    const gone = await startOtlpSink({ protocol });
    await gone.stop();
    const retry = { attempts: 100, initialMs: 20, maxMs: 100 };
    const forward = await bench.forwardTo(gone.endpoint, { retry });
    for (let i = 0; i < 10; i++) forward.forwarder.offer(forwardRequest(BYTES), 20);
    await until(() => bench.told.includes('retried'));
    const back = await bench.sinkOf({ port: Number(new URL(gone.endpoint).port) });
    await settled(forward);
    expect(back.requests).toHaveLength(10);
    expect(bench.told.filter((line) => line.startsWith('sent'))).toHaveLength(10);
    expect(bench.told.filter((line) => line.startsWith('dropped'))).toEqual([]);
  });

  test('bytes that are no request are dropped and counted', async () => {
    const sink = await bench.sinkOf();
    const forward = await bench.forwardTo(sink.endpoint);
    expect(forward.forwarder.offer(forwardRequest(Buffer.from([10, 9]), 'logs', 'blue'), 3)).toBe(
      false,
    );
    expect(bench.told).toEqual(['dropped logs 3 malformed']);
  });
});
