import { gzipSync } from 'node:zlib';
import { connect } from 'node:net';
import { createTokenAuthenticator } from '../../collector-processor/src/receive/tokens';
import { traceRequestType } from '../support/otlpProto';
import { grpcFrame, rawGrpcCall, withSession } from '../support/rawGrpcCall';
import type { RawGrpcAnswer, RawGrpcCall } from '../support/rawGrpcCall';
import { createRecordingConsumer } from '../support/recordingConsumer';
import type { RecordingConsumer } from '../support/recordingConsumer';
import { JSON_TYPE, PROTOBUF, sendHttp, sendRaw } from '../support/sendHttp';
import { startReceivers } from '../support/startReceivers';
import type { ReceiverOptions, RunningReceivers } from '../support/startReceivers';

const MIB = 1024 * 1024;
const GZIP = { ...PROTOBUF, 'content-encoding': 'gzip' };
const type = traceRequestType();
const ofSize = (length: number): Buffer =>
  Buffer.from(
    type.encode(type.fromObject({ resourceSpans: [{ schemaUrl: 'x'.repeat(length) }] })).finish(),
  );
const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

let receivers: RunningReceivers;
const start = async (options: ReceiverOptions = {}): Promise<RunningReceivers> => {
  receivers = await startReceivers(options);
  return receivers;
};
afterEach(async () => {
  const { budget } = receivers;
  await receivers.stop();
  expect(budget.usedBytes).toBe(0);
});
const call = ({ grpcAddress }: RunningReceivers, message: RawGrpcCall): Promise<RawGrpcAnswer> =>
  withSession(grpcAddress, (session) => rawGrpcCall(session, message));

/** A consumer that answers when told to. */
function heldConsumer(): { consumer: RecordingConsumer; letGo: () => void } {
  let letGo = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const consumer = createRecordingConsumer(async () => {
    await released;
    return { status: 'accepted', rejected: 0 };
  });
  return { consumer, letGo };
}

describe('size', () => {
  const limits = { maxBodyBytes: 100_000, maxDecompressedBytes: 200_000 };

  test.each([
    ['with a length', PROTOBUF, ofSize(150_000), false],
    ['in chunks', PROTOBUF, ofSize(150_000), true],
    ['after decompression', GZIP, gzipSync(ofSize(300_000)), false],
    ['JSON', JSON_TYPE, ' '.repeat(150_000), true],
  ])('HTTP %s: 413', async (_, headers, body, chunked) => {
    const { httpUrl } = await start({ limits });
    const answer = await sendHttp(httpUrl, { headers, body, chunked });
    expect([answer.status, answer.headers['retry-after']]).toEqual([413, undefined]);
    expect(receivers.refusals).toEqual(['http:too_large']);
  });

  test.each([
    ['as sent', {}, grpcFrame(ofSize(250_000))],
    [
      'after decompression',
      { 'grpc-encoding': 'gzip' },
      grpcFrame(gzipSync(ofSize(250_000)), true),
    ],
    ['announced only', {}, Buffer.from([0, 255, 255, 255, 255])],
  ])('gRPC %s: RESOURCE_EXHAUSTED without RetryInfo', async (_, headers, frame) => {
    const answer = await call(await start({ limits }), {
      headers: { ...headers },
      frames: [frame],
    });
    expect([answer.code, answer.headers['grpc-status-details-bin']]).toEqual([8, undefined]);
    expect(receivers.refusals).toEqual(['grpc:too_large']);
  });

  test('up to the limit is taken', async () => {
    const body = ofSize(99_980);
    expect(body.length).toBeLessThanOrEqual(limits.maxBodyBytes);
    const { httpUrl } = await start({ limits });
    expect((await sendHttp(httpUrl, { body })).status).toBe(200);
  });

  test('a gzip bomb stops at the limit, on both servers', async () => {
    const bomb = gzipSync(Buffer.alloc(512 * MIB));
    const running = await start({ limits: { maxDecompressedBytes: 4 * MIB } });
    const before = process.memoryUsage().rss;
    const http = await sendHttp(running.httpUrl, { headers: GZIP, body: bomb });
    const grpc = await call(running, {
      headers: { 'grpc-encoding': 'gzip' },
      frames: [grpcFrame(bomb, true)],
    });
    expect([http.status, grpc.code]).toEqual([413, 8]);
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * MIB);
  });

  test('a sender that goes on after its refusal is cut off', async () => {
    const { httpUrl } = await start({ limits });
    const part = Buffer.alloc(60_000);
    const head = `POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: 99999999\r\n\r\n`;
    const text = await sendRaw(httpUrl, [head, part, part, part, part]);
    expect(text).toMatch(/^HTTP\/1.1 413 /);
  });

  test('JSON nesting', async () => {
    const { httpUrl } = await start({ limits: { maxJsonDepth: 20 } });
    const body = `{"x":${'['.repeat(30)}${']'.repeat(30)}}`;
    const answer = await sendHttp(httpUrl, { headers: JSON_TYPE, body });
    expect(answer.status).toBe(400);
    expect(answer.body.toString()).toContain('nested deeper than 20');
  });
});

describe('bytes in flight', () => {
  test('are counted over both servers; senders are told to come back', async () => {
    const { consumer, letGo } = heldConsumer();
    const running = await start({ consumer, inFlightBytes: 300_000 });
    const first = call(running, { frames: [grpcFrame(ofSize(200_000))] });
    await sleep(100);
    expect(running.budget.usedBytes).toBeGreaterThan(200_000);

    const http = await sendHttp(running.httpUrl, { body: ofSize(150_000) });
    expect([http.status, http.headers['retry-after']]).toEqual([429, '1']);
    const grpc = await call(running, { frames: [grpcFrame(ofSize(150_000))] });
    expect(grpc.code).toBe(8);
    expect(grpc.headers['grpc-status-details-bin']).toBeDefined();
    const bomb = gzipSync(Buffer.alloc(250_000));
    expect((await sendHttp(running.httpUrl, { headers: GZIP, body: bomb })).status).toBe(429);
    expect(running.refusals).toEqual([
      'http:in_flight_limit',
      'grpc:in_flight_limit',
      'http:in_flight_limit',
    ]);

    letGo();
    expect((await first).code).toBe(0);
    expect((await sendHttp(running.httpUrl, { body: ofSize(150_000) })).status).toBe(200);
  });

  test('a full budget refuses calls before their bodies', async () => {
    const { consumer, letGo } = heldConsumer();
    const running = await start({ consumer, inFlightBytes: 220_000 });
    const first = sendHttp(running.httpUrl, { body: ofSize(200_000) });
    await sleep(100);
    const answer = await call(running, { frames: [], end: false });
    expect(answer.code).toBe(8);
    letGo();
    expect((await first).status).toBe(200);
  });

  test('stay counted when the sender goes while the consumer works, then its signal is aborted', async () => {
    const { consumer, letGo } = heldConsumer();
    const running = await start({ consumer });
    const body = ofSize(1_000);
    const { port } = new URL(running.httpUrl);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    socket.write(body);
    await sleep(100);
    socket.destroy();
    await sleep(100);
    expect(consumer.deadlines[0]!.aborted).toBe(true);
    expect(running.budget.usedBytes).toBe(body.length);
    letGo();
    await sleep(20);
    expect(running.budget.usedBytes).toBe(0);
  });
});

describe('time and connections', () => {
  const limits = { requestTimeoutMs: 300 };
  const head =
    'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: 10\r\n\r\n';

  test.each([
    ['body', head],
    ['headers', head.slice(0, 40)],
  ])('slow HTTP %s: 408', async (_, sent) => {
    const { httpUrl } = await start({ limits });
    const text = await sendRaw(httpUrl, [sent]);
    expect(text.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 408']);
    expect(receivers.refusals).toEqual(['http:timeout']);
  });

  test('a slow gRPC message is refused', async () => {
    const running = await start({ limits });
    const frame = grpcFrame(ofSize(10)).subarray(0, 8);
    const answer = await call(running, { frames: [frame], end: false });
    expect([answer.code, answer.message]).toEqual([3, 'the message did not arrive in time']);
    expect(running.refusals).toEqual(['grpc:timeout']);
  });

  test('a gRPC deadline that ends before the message does', async () => {
    const frame = grpcFrame(ofSize(10)).subarray(0, 8);
    const headers = { 'grpc-timeout': '100m' };
    const answer = await call(await start(), { headers, frames: [frame], end: false });
    expect(answer.code).toBe(4);
    expect(receivers.refusals).toEqual(['grpc:timeout']);
  });

  test('an HTTP sender that goes away in the middle of its body', async () => {
    const { httpUrl } = await start();
    const socket = connect(Number(new URL(httpUrl).port), '127.0.0.1');
    socket.write(`${head}abc`);
    await sleep(100);
    expect(receivers.budget.usedBytes).toBe(3);
    socket.destroy();
    await sleep(100);
    expect(receivers.refusals).toEqual(['http:aborted']);
  });

  test('connections above the limit are closed and counted', async () => {
    const running = await start({ limits: { maxConnections: 1 } });
    const addresses = [running.httpUrl.slice('http://'.length), running.grpcAddress];
    for (const address of addresses) {
      const [host, port] = address.split(':') as [string, string];
      const first = connect(Number(port), host);
      await new Promise((resolve) => first.once('connect', resolve));
      const second = connect(Number(port), host);
      await new Promise((resolve) => second.once('close', resolve));
      first.destroy();
    }
    expect(running.droppedConnections).toEqual(['http', 'grpc']);
  });
});

describe('tokens', () => {
  const authenticate = createTokenAuthenticator([
    { token: 'token-of-a', tenant: 'a' },
    { token: 'token-of-b', tenant: 'b' },
  ]);

  test('name the tenant', async () => {
    const running = await start({ authenticate });
    const authorization = 'Bearer token-of-b';
    await sendHttp(running.httpUrl, { headers: { ...PROTOBUF, authorization }, body: ofSize(1) });
    const headers = { authorization: 'bearer token-of-a' };
    await call(running, { headers, frames: [grpcFrame(ofSize(1))] });
    expect(running.consumer.requests.map(({ tenant }) => tenant)).toEqual(['b', 'a']);
  });

  test.each([[undefined], ['Bearer token-of-c'], ['Basic token-of-a'], ['Bearer']])(
    '%s: refused before the body',
    async (authorization) => {
      const running = await start({ authenticate });
      const sent = authorization === undefined ? {} : { authorization };
      const http = await sendHttp(running.httpUrl, {
        headers: { ...JSON_TYPE, ...sent },
        body: '{}',
      });
      expect([http.status, http.headers['www-authenticate']]).toEqual([401, 'Bearer']);
      expect(http.body.toString()).not.toContain('token-of');
      const grpc = await call(running, { headers: sent, frames: [], end: false });
      expect(grpc.code).toBe(16);
      expect(running.refusals).toEqual(['http:unauthenticated', 'grpc:unauthenticated']);
      expect(running.consumer.requests).toHaveLength(0);
    },
  );
});
