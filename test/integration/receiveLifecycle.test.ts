import { connect } from 'node:net';
import { everyone } from '../../collector-processor/src/receive/authenticate';
import { createBudget } from '../../collector-processor/src/receive/budget';
import { createGrpcReceiver } from '../../collector-processor/src/receive/grpc';
import { createHttpReceiver } from '../../collector-processor/src/receive/http';
import type { Receiver } from '../../collector-processor/src/receive/receiver';
import { RECEIVE_DEFAULTS } from '../../collector-processor/src/receive/settings';
import { unlimited } from '../../collector-processor/src/receive/tenantRates';
import { grpcFrame, rawGrpcCall, withSession } from '../support/rawGrpcCall';
import { createRecordingConsumer } from '../support/recordingConsumer';
import type { RecordingConsumer } from '../support/recordingConsumer';
import { sendHttp } from '../support/sendHttp';

const events = {
  requestRefused: () => undefined,
  requestAnswered: () => undefined,
  consumerFailed: () => undefined,
  connectionRefused: () => undefined,
  tenantLimited: () => undefined,
  handshakeFailed: () => undefined,
  certificateLoaded: () => undefined,
  certificateNotRenewed: () => undefined,
};

interface Case {
  readonly create: (next: RecordingConsumer, address?: string) => Receiver;
  /** The status of one request: 0 over gRPC, 200 over HTTP. */
  readonly send: (receiver: Receiver) => Promise<number>;
  readonly good: number;
}

const partsOf = (next: RecordingConsumer) => ({
  next,
  authenticate: everyone,
  budget: createBudget(1e9),
  rates: unlimited,
  events,
  clock: Date.now,
});
const BYTES = Buffer.from([0x0a, 0x00]);
const receivers: Record<string, Case> = {
  gRPC: {
    create: (next, address = '127.0.0.1:0') =>
      createGrpcReceiver(partsOf(next), { ...RECEIVE_DEFAULTS.grpc, address }),
    send: ({ address }) =>
      withSession(address, async (session) => {
        return (await rawGrpcCall(session, { frames: [grpcFrame(BYTES)] })).code;
      }),
    good: 0,
  },
  HTTP: {
    create: (next, address = '127.0.0.1:0') =>
      createHttpReceiver(partsOf(next), { ...RECEIVE_DEFAULTS.http, address }),
    send: async ({ address }) => (await sendHttp(`http://${address}`, { body: BYTES })).status,
    good: 200,
  },
};
const inMs = (milliseconds: number): AbortSignal => AbortSignal.timeout(milliseconds);
const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Resolves when a new connection to the address is refused. */
const refusesConnections = ({ address }: Receiver): Promise<boolean> =>
  new Promise((resolve) => {
    const [host, port] = address.split(':') as [string, string];
    const socket = connect(Number(port), host);
    socket.once('error', () => {
      resolve(true);
    });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
  });

describe.each(Object.keys(receivers))('%s', (name) => {
  const { create, send, good } = receivers[name]!;

  test('stop before start, and twice', async () => {
    const receiver = create(createRecordingConsumer());
    await receiver.stop(inMs(1_000));
    await receiver.stop(inMs(1_000));
  });

  test('an address that is taken rejects the start and can be stopped', async () => {
    const first = create(createRecordingConsumer());
    await first.start();
    const second = create(createRecordingConsumer(), first.address);
    await expect(second.start()).rejects.toThrow(/EADDRINUSE/);
    await second.stop(inMs(1_000));
    expect(await send(first)).toBe(good);
    await first.stop(inMs(1_000));
  });

  test('an address that is none is shown', async () => {
    const receiver = create(createRecordingConsumer(), 'localhost');
    await expect(receiver.start()).rejects.toThrow('"localhost" is not host:port');
    await receiver.stop(inMs(1_000));
  });

  test('stop lets running requests finish and takes no new ones', async () => {
    const consumer = createRecordingConsumer(async () => {
      await sleep(300);
      return { status: 'accepted', rejected: 0 };
    });
    const receiver = create(consumer);
    await receiver.start();
    const running = send(receiver);
    await sleep(100);
    const stopped = receiver.stop(inMs(5_000));
    await sleep(20);
    expect(await refusesConnections(receiver)).toBe(true);
    expect(await running).toBe(good);
    const began = Date.now();
    await stopped;
    expect(Date.now() - began).toBeLessThan(1_000);
  });

  test('idle connections do not hold up a stop', async () => {
    const receiver = create(createRecordingConsumer());
    await receiver.start();
    const [host, port] = receiver.address.split(':') as [string, string];
    const silent = connect(Number(port), host);
    silent.on('error', () => undefined).resume();
    await new Promise((resolve) => silent.once('connect', resolve));
    await sleep(50);
    const began = Date.now();
    await receiver.stop(inMs(5_000));
    expect(Date.now() - began).toBeLessThan(1_000);
    silent.destroy();
  });

  test('at the deadline requests are cut off and their consumers told', async () => {
    const consumer = createRecordingConsumer(
      (_, deadline) =>
        new Promise((resolve) => {
          deadline.addEventListener('abort', () => {
            resolve({ status: 'accepted', rejected: 0 });
          });
        }),
    );
    const receiver = create(consumer);
    await receiver.start();
    const running = send(receiver).catch(() => -1);
    await sleep(100);
    const began = Date.now();
    await receiver.stop(inMs(200));
    expect(Date.now() - began).toBeLessThan(1_500);
    expect(await running).not.toBe(good);
    await sleep(50);
    expect(consumer.deadlines[0]!.aborted).toBe(true);
  });

  test('a deadline that has passed already stops at once', async () => {
    const receiver = create(createRecordingConsumer(() => new Promise(() => undefined)));
    await receiver.start();
    const running = send(receiver).catch(() => -1);
    await sleep(100);
    await receiver.stop(AbortSignal.abort());
    expect(await running).not.toBe(good);
  });
});
