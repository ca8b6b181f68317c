import { Client, Metadata, credentials } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { deflateSync, gzipSync } from 'node:zlib';
import { otlpRoot, traceRequestType, traceResponseType } from '../support/otlpProto';
import { EXPORT_TRACES, grpcFrame, rawGrpcCall, withSession } from '../support/rawGrpcCall';
import type { RawGrpcAnswer, RawGrpcCall } from '../support/rawGrpcCall';
import { createRecordingConsumer } from '../support/recordingConsumer';
import { sendRaw } from '../support/sendHttp';
import { startReceivers } from '../support/startReceivers';
import type { ReceiverOptions, RunningReceivers } from '../support/startReceivers';

const type = traceRequestType();
const bytesOf = (name: string): Buffer =>
  Buffer.from(
    type
      .encode(type.fromObject({ resourceSpans: [{ scopeSpans: [{ spans: [{ name }] }] }] }))
      .finish(),
  );

let receivers: RunningReceivers;
const start = async (options: ReceiverOptions = {}): Promise<string> => {
  receivers = await startReceivers(options);
  return receivers.grpcAddress;
};
afterEach(async () => {
  const { budget } = receivers;
  await receivers.stop();
  expect(budget.usedBytes).toBe(0);
});

const call = (address: string, message: RawGrpcCall): Promise<RawGrpcAnswer> =>
  withSession(address, (session) => rawGrpcCall(session, message));

const sendOne = (address: string): Promise<RawGrpcAnswer> =>
  call(address, { frames: [grpcFrame(bytesOf('a'))] });

const names = (): string[] => receivers.consumer.spans().map(({ name }) => name);

/** The seconds of the RetryInfo of an answer; undefined when it has none. */
function retryInfoOf({ headers }: RawGrpcAnswer): unknown {
  const details = headers['grpc-status-details-bin'];
  if (details === undefined) return undefined;
  const status = otlpRoot.lookupType('RpcStatus');
  const told = status.toObject(status.decode(Buffer.from(String(details), 'base64'))) as {
    code: number;
    details: { type_url?: string; typeUrl: string; value: Uint8Array }[];
  };
  expect(told.details[0]!.typeUrl).toBe('type.googleapis.com/google.rpc.RetryInfo');
  expect(told.code).toBe(Number(headers['grpc-status']));
  const info = otlpRoot.lookupType('RetryInfo');
  return info.toObject(info.decode(told.details[0]!.value), { longs: Number });
}

const GO = { 'grpc-accept-encoding': 'gzip', 'grpc-timeout': '9999000u' };
const PYTHON = { 'grpc-accept-encoding': 'identity, deflate, gzip', 'grpc-timeout': '10S' };
const COLLECTOR = { 'grpc-accept-encoding': 'snappy,zstd,gzip', 'grpc-timeout': '4999m' };

describe('accepted', () => {
  test.each([
    ['the Go SDK and telemetrygen', GO, bytesOf('a'), false],
    ['the Go SDK with gzip', { ...GO, 'grpc-encoding': 'gzip' }, gzipSync(bytesOf('a')), true],
    ['the Python SDK', PYTHON, bytesOf('a'), false],
    [
      'the Python SDK with deflate',
      { ...PYTHON, 'grpc-encoding': 'deflate' },
      deflateSync(bytesOf('a')),
      true,
    ],
    ['the Collector', { ...COLLECTOR, 'grpc-encoding': 'gzip' }, gzipSync(bytesOf('a')), true],
    ['an encoding named and not used', { 'grpc-encoding': 'gzip' }, bytesOf('a'), false],
  ])('as %s sends it', async (_, headers, message, compressed) => {
    const answer = await call(await start(), {
      headers: { ...headers },
      frames: [grpcFrame(message, compressed)],
    });
    expect([answer.code, answer.body.length]).toEqual([0, 5]);
    expect(answer.headers['content-type']).toMatch(/^application\/grpc/);
    expect(names()).toEqual(['a']);
    expect(receivers.consumer.requests[0]).toMatchObject({ signal: 'traces', tenant: 'default' });
    expect(receivers.answers).toMatchObject([{ protocol: 'grpc', status: 'accepted' }]);
    expect(receivers.refusals).toEqual([]);
  });

  test('a message in frames of any size, the first shorter than its prefix', async () => {
    const frame = grpcFrame(bytesOf('x'.repeat(100)));
    const frames = [0, 1, 3, 4, 5, 6, 50].map((from, index, all) =>
      frame.subarray(from, all[index + 1]),
    );
    expect((await call(await start(), { frames })).code).toBe(0);
    expect(names()).toEqual(['x'.repeat(100)]);
  });

  test('an empty message, without asking the consumer', async () => {
    const answer = await call(await start(), { frames: [grpcFrame(Buffer.alloc(0))] });
    expect(answer.code).toBe(0);
    expect(receivers.consumer.requests).toHaveLength(0);
  });

  test('partial success', async () => {
    const consumer = createRecordingConsumer(() => ({
      status: 'accepted',
      rejected: 300,
      reason: 'too many attributes',
    }));
    const answer = await sendOne(await start({ consumer }));
    expect(answer.code).toBe(0);
    const response = traceResponseType();
    expect(response.toObject(response.decode(answer.body.subarray(5)), { longs: Number })).toEqual({
      partialSuccess: { rejectedSpans: 300, errorMessage: 'too many attributes' },
    });
  });
});

describe('not accepted by the consumer', () => {
  test('retry is UNAVAILABLE with RetryInfo', async () => {
    const consumer = createRecordingConsumer(() => ({
      status: 'retry',
      retryAfterMs: 1_500,
      reason: 'the store is down: 100% ☃',
    }));
    const answer = await sendOne(await start({ consumer }));
    expect([answer.code, answer.message]).toEqual([14, 'the store is down: 100% ☃']);
    expect(retryInfoOf(answer)).toEqual({ retryDelay: { seconds: 1, nanos: 500_000_000 } });
  });

  test('refused is INVALID_ARGUMENT, never retryable', async () => {
    // A reason that was cut in the middle of a surrogate pair must not break the header.
    const consumer = createRecordingConsumer(() => ({ status: 'refused', reason: 'bad \ud83d' }));
    const answer = await sendOne(await start({ consumer }));
    expect([answer.code, answer.message]).toEqual([3, 'bad \ufffd']);
    expect(retryInfoOf(answer)).toBeUndefined();
  });

  test('a throw is INTERNAL, counted, and the next request is served', async () => {
    let calls = 0;
    const consumer = createRecordingConsumer(() => {
      if (calls++ === 0) throw new Error('secret detail');
      return { status: 'accepted', rejected: 0 };
    });
    const address = await start({ consumer });
    const failed = await sendOne(address);
    expect([failed.code, failed.message]).toEqual([13, 'internal error']);
    expect(receivers.failures).toEqual([new Error('secret detail')]);
    expect((await sendOne(address)).code).toBe(0);
  });
});

describe('refused by the receiver', () => {
  test.each([
    ['profiles', '/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export'],
    ['another method', '/opentelemetry.proto.collector.trace.v1.TraceService/Import'],
  ])('%s is UNIMPLEMENTED', async (_, path) => {
    const answer = await call(await start(), { path, frames: [grpcFrame(bytesOf('a'))] });
    expect(answer.code).toBe(12);
    expect(receivers.consumer.requests).toHaveLength(0);
  });

  test.each(['snappy', 'zstd'])('%s is UNIMPLEMENTED and told what is not', async (encoding) => {
    const answer = await call(await start(), {
      headers: { ...COLLECTOR, 'grpc-encoding': encoding },
      frames: [grpcFrame(bytesOf('a'), true)],
    });
    expect([answer.code, answer.headers['grpc-accept-encoding']]).toEqual([
      12,
      'identity,deflate,gzip',
    ]);
    expect(receivers.refusals).toEqual(['grpc:encoding']);
  });

  test.each([
    ['bytes that are not gzip', { 'grpc-encoding': 'gzip' }, [grpcFrame(bytesOf('a'), true)]],
    ['no message', {}, []],
    ['two messages', {}, [grpcFrame(bytesOf('a')), grpcFrame(bytesOf('b'))]],
    ['a timeout that is none', { 'grpc-timeout': 'soon' }, [grpcFrame(bytesOf('a'))]],
  ])('%s: INVALID_ARGUMENT', async (_, headers, frames) => {
    const answer = await call(await start(), { headers: { ...headers }, frames });
    expect(answer.code).toBe(3);
    expect(retryInfoOf(answer)).toBeUndefined();
    expect(receivers.refusals).toEqual(['grpc:malformed']);
    expect(receivers.consumer.requests).toHaveLength(0);
  });

  test('a content type that is not gRPC is 415', async () => {
    const answer = await call(await start(), {
      headers: { 'content-type': 'application/json' },
      frames: [Buffer.from('{}')],
    });
    expect(answer.headers[':status']).toBe(415);
  });

  test.each([
    ['HTTP/1.1', 'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n'],
    ['noise', Buffer.alloc(5_000, 0xa5)],
    ['noise after the preface', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${'z'.repeat(500)}`],
  ])('%s on the port ends the connection, nothing else', async (_, bytes) => {
    const address = await start();
    await sendRaw(`http://${address}`, [bytes]);
    expect((await sendOne(address)).code).toBe(0);
  });

  test('a sender that goes away in the middle of its message', async () => {
    const address = await start();
    await withSession(address, async (session) => {
      void rawGrpcCall(session, { frames: [grpcFrame(bytesOf('abc')).subarray(0, 7)], end: false });
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(receivers.budget.usedBytes).toBeGreaterThan(0);
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(receivers.refusals).toEqual(['grpc:aborted']);
    expect(receivers.budget.usedBytes).toBe(0);
  });
});

describe('deadlines', () => {
  /** A consumer that answers only when nobody waits any more. */
  const patient = () =>
    createRecordingConsumer(
      (_, deadline) =>
        new Promise((resolve) => {
          deadline.addEventListener('abort', () => {
            resolve({ status: 'accepted', rejected: 0 });
          });
        }),
    );

  test('the deadline of the call aborts the signal of the consumer', async () => {
    const address = await start({ consumer: patient() });
    const answer = await call(address, {
      headers: { 'grpc-timeout': '150m' },
      frames: [grpcFrame(bytesOf('a'))],
    });
    expect(answer.code).toBe(4);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(receivers.consumer.deadlines[0]!.aborted).toBe(true);
    expect(receivers.answers).toHaveLength(1);
    expect(receivers.refusals).toEqual([]);
  });

  test('so does cancelling it', async () => {
    const client = new Client(await start({ consumer: patient() }), credentials.createInsecure());
    const same = (bytes: Buffer): Buffer => bytes;
    const error = await new Promise<ServiceError | null>((resolve) => {
      const running = client.makeUnaryRequest(
        EXPORT_TRACES,
        same,
        same,
        bytesOf('a'),
        new Metadata(),
        resolve,
      );
      setTimeout(() => {
        running.cancel();
      }, 100);
    });
    expect(error?.code).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(receivers.consumer.deadlines[0]!.aborted).toBe(true);
    client.close();
  });

  test('a good answer leaves the signal alone', async () => {
    await sendOne(await start());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(receivers.consumer.deadlines[0]!.aborted).toBe(false);
  });
});

test('the flow-control window of streams and connections is raised', async () => {
  await withSession(await start(), async (session) => {
    await new Promise((resolve) => session.once('remoteSettings', resolve));
    expect(session.remoteSettings).toMatchObject({
      initialWindowSize: 8 * 1024 * 1024,
      maxFrameSize: 1024 * 1024,
      maxConcurrentStreams: 128,
    });
    await rawGrpcCall(session, { frames: [grpcFrame(bytesOf('a'))] });
    expect(session.state.remoteWindowSize).toBeGreaterThan(7 * 1024 * 1024);
  });
});
