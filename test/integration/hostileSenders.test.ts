import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createRecordingConsumer } from '../support/recordingConsumer';
import { traceRequestType } from '../support/otlpProto';
import { grpcFrame, rawGrpcCall, withSession } from '../support/rawGrpcCall';
import { sendHttp, sendRaw } from '../support/sendHttp';
import {
  startReceivers,
  type ReceiverOptions,
  type RunningReceivers,
} from '../support/startReceivers';
import { until } from '../support/until';

const MIB = 1024 * 1024;
const type = traceRequestType();
const BODY = Buffer.from(
  type
    .encode(type.fromObject({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'a' }] }] }] }))
    .finish(),
);
const HEAD = `POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: ${BODY.length}\r\n\r\n`;

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

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const open = async (address: string): Promise<Socket> => {
  const socket = connect(Number(address.slice(address.lastIndexOf(':') + 1)), '127.0.0.1');
  socket.on('error', () => undefined).resume();
  await once(socket, 'connect');
  return socket;
};
/** Sends a byte every 30 ms for as long as it is let; resolves to how long that was. */
async function drip(
  address: string,
  bytes: Uint8Array,
  first: Uint8Array = Buffer.alloc(0),
): Promise<number> {
  const socket = await open(address);
  const began = performance.now();
  socket.write(first);
  for (let at = 0; !socket.destroyed && performance.now() - began < 10_000; at++) {
    if (at < bytes.length) socket.write(bytes.subarray(at, at + 1));
    await sleep(30);
  }
  socket.destroy();
  return performance.now() - began;
}
const grpcStatus = ({ grpcAddress }: RunningReceivers): Promise<number> =>
  withSession(grpcAddress, async (session) => {
    const { code } = await rawGrpcCall(session, { frames: [grpcFrame(BODY)] });
    return code;
  });
const httpStatus = async ({ httpUrl }: RunningReceivers): Promise<number> =>
  (await sendHttp(httpUrl, { body: BODY })).status;

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
/** An HTTP/2 frame. */
const frame = (kind: number, flags: number, stream: number, payload: Uint8Array): Buffer => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = kind;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
};
const SETTINGS = frame(4, 0, 0, Buffer.alloc(0));
const EMPTY = Buffer.alloc(0);

describe('a byte at a time', () => {
  const options: ReceiverOptions = {
    limits: { requestTimeoutMs: 500 },
    grpc: { prefaceTimeoutMs: 400, keepAliveMs: 300, keepAliveTimeoutMs: 300 },
    http: { headersTimeoutMs: 400 },
  };
  const cases: [name: string, port: 'http' | 'grpc', dripped: Uint8Array, first: Uint8Array][] = [
    ['HTTP: nothing at all', 'http', EMPTY, EMPTY],
    ['HTTP headers', 'http', Buffer.from(HEAD.repeat(9)), EMPTY],
    [
      'an HTTP body',
      'http',
      Buffer.alloc(1_000),
      Buffer.from(HEAD.replace(/Length: \d+/, 'Length: 1000')),
    ],
    ['HTTP/2: nothing at all', 'grpc', EMPTY, EMPTY],
    ['an HTTP/2 preface', 'grpc', Buffer.concat([PREFACE, SETTINGS]), EMPTY],
    [
      'an HTTP/2 header frame',
      'grpc',
      frame(1, 4, 1, Buffer.alloc(2_000)),
      Buffer.concat([PREFACE, SETTINGS]),
    ],
  ];
  test.each(cases)(
    '%s: the connection is ended, others are served meanwhile',
    async (_, port, dripped, first) => {
      const running = await start(options);
      const address = port === 'http' ? running.httpUrl : running.grpcAddress;
      const slow = Promise.all(Array.from({ length: 20 }, () => drip(address, dripped, first)));
      for (let round = 0; round < 3; round++) {
        expect([await httpStatus(running), await grpcStatus(running)]).toEqual([200, 0]);
        await sleep(50);
      }
      for (const ms of await slow) expect(ms).toBeLessThan(5_000);
    },
  );

  test('a gRPC message: refused at the deadline of a request', async () => {
    const running = await start(options);
    const frames = [...grpcFrame(Buffer.alloc(200))].map((byte) => Buffer.from([byte]));
    const answer = await withSession(running.grpcAddress, (session) =>
      rawGrpcCall(session, { frames }),
    );
    expect([answer.code, answer.message]).toEqual([3, 'the message did not arrive in time']);
    expect(await grpcStatus(running)).toBe(0);
  });

  test('a gRPC connection without calls is ended after its time, and a client opens another one', async () => {
    const running = await start({ grpc: { maxIdleMs: 300 } });
    const session = connectHttp2(`http://${running.grpcAddress}`);
    expect((await rawGrpcCall(session, { frames: [grpcFrame(BODY)] })).code).toBe(0);
    await until(() => session.closed || session.destroyed, 5_000);
    expect(await grpcStatus(running)).toBe(0);
  });
});

describe('1,000 connections at once', () => {
  test.each(['http', 'grpc'] as const)('%s: all are answered', async (port) => {
    const running = await start();
    const before = process.memoryUsage().rss;
    const send = port === 'http' ? httpStatus : grpcStatus;
    const statuses = await Promise.all(Array.from({ length: 1_000 }, () => send(running)));
    expect(new Set(statuses)).toEqual(new Set([port === 'http' ? 200 : 0]));
    expect(running.consumer.requests).toHaveLength(1_000);
    // Both ends of the connections are in this process.
    expect(process.memoryUsage().rss - before).toBeLessThan(512 * MIB);
  });

  test.each(['http', 'grpc'] as const)(
    '%s: those above the limit are closed and counted',
    async (port) => {
      const running = await start({ limits: { maxConnections: 300 } });
      const address = port === 'http' ? running.httpUrl : running.grpcAddress;
      const sockets = await Promise.all(Array.from({ length: 1_000 }, () => open(address)));
      await until(() => sockets.filter(({ closed }) => closed).length === 700);
      expect(running.droppedConnections).toEqual(Array.from({ length: 700 }, () => port));
      for (const socket of sockets) socket.destroy();
      await until(async () => {
        const status = await (port === 'http' ? httpStatus : grpcStatus)(running).catch(() => -1);
        return status === (port === 'http' ? 200 : 0);
      });
    },
  );

  test('a full consumer: each is told to come back, and memory is bounded by the bytes in flight', async () => {
    let letGo = (): void => undefined;
    const released = new Promise<void>((resolve) => (letGo = resolve));
    const consumer = createRecordingConsumer(async () => {
      await released;
      return { status: 'accepted', rejected: 0 };
    });
    const body = Buffer.concat([Buffer.from([0x7a, 0x80, 0x80, 0x04]), Buffer.alloc(65_536)]);
    const running = await start({ consumer, inFlightBytes: 100 * body.length });
    const answers = Array.from({ length: 1_000 }, () => sendHttp(running.httpUrl, { body }));
    await until(() => running.refusals.length === 900, 20_000);
    letGo();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(900);
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
  });
});

test("a gzip body in chunks without a length, as Go's client sends it", async () => {
  const running = await start();
  const body = gzipSync(BODY);
  const chunk = (part: Buffer): string =>
    `${part.length.toString(16)}\r\n${part.toString('latin1')}\r\n`;
  const head =
    'POST /v1/traces HTTP/1.1\r\nHost: collector:4318\r\nUser-Agent: Go-http-client/1.1\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\nContent-Type: application/x-protobuf\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n';
  const parts = [chunk(body.subarray(0, 10)), chunk(body.subarray(10)), '0\r\n\r\n'];
  const text = await sendRaw(running.httpUrl, [
    head,
    ...parts.map((part) => Buffer.from(part, 'latin1')),
  ]);
  expect(text).toMatch(/^HTTP\/1.1 200 /);
  expect(running.consumer.spans().map(({ name }) => name)).toEqual(['a']);
});

describe('HTTP/2', () => {
  test('headers larger than HTTP/2 takes end the call or the connection, nothing else', async () => {
    const running = await start();
    const code = await withSession(running.grpcAddress, (session) =>
      rawGrpcCall(session, {
        headers: { 'x-large': 'x'.repeat(200_000) },
        frames: [grpcFrame(BODY)],
      }).then(
        (answer) => answer.code,
        () => -1,
      ),
    );
    expect(code).not.toBe(0);
    expect(running.consumer.requests).toHaveLength(0);
    expect(await grpcStatus(running)).toBe(0);
  });

  const hello = Buffer.concat([PREFACE, SETTINGS]);
  const floods: [string, Buffer][] = [
    ['a frame longer than allowed', frame(0, 0, 1, Buffer.alloc(2 * MIB))],
    ['data for a stream that is not open', frame(0, 1, 7, Buffer.alloc(10))],
    ['headers that are no HPACK', frame(1, 5, 1, Buffer.alloc(100, 0xff))],
    [
      'continuations without an end',
      Buffer.concat([
        frame(1, 0, 1, Buffer.alloc(1)),
        ...Array.from({ length: 5_000 }, () => frame(9, 0, 1, Buffer.alloc(16))),
      ]),
    ],
    [
      'streams opened and reset',
      Buffer.concat(
        Array.from({ length: 5_000 }, (_, index) => frame(3, 0, 2 * index + 1, Buffer.alloc(4))),
      ),
    ],
    ['a flood of settings', Buffer.concat(Array.from({ length: 20_000 }, () => SETTINGS))],
  ];
  test.each(floods)('%s: others are served', async (_, bytes) => {
    const running = await start();
    const socket = await open(running.grpcAddress);
    socket.write(Buffer.concat([hello, bytes]));
    expect([await grpcStatus(running), await httpStatus(running)]).toEqual([0, 200]);
    await sleep(100);
    socket.destroy();
    expect(await grpcStatus(running)).toBe(0);
    expect(running.failures).toEqual([]);
  });
});
