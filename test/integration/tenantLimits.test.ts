import { createTenantRates } from '../../collector-processor/src/receive/tenantRates';
import { createTokenAuthenticator } from '../../collector-processor/src/receive/tokens';
import { traceRequestType } from '../support/otlpProto';
import { grpcFrame, rawGrpcCall, withSession } from '../support/rawGrpcCall';
import type { RawGrpcAnswer } from '../support/rawGrpcCall';
import { PROTOBUF, sendHttp, type HttpAnswer } from '../support/sendHttp';
import { startReceivers, type RunningReceivers } from '../support/startReceivers';

const type = traceRequestType();
const ofSize = (length: number): Buffer =>
  Buffer.from(
    type.encode(type.fromObject({ resourceSpans: [{ schemaUrl: 'x'.repeat(length) }] })).finish(),
  );
const authenticate = createTokenAuthenticator([
  { token: 'token-of-loud', tenant: 'loud' },
  { token: 'token-of-quiet', tenant: 'quiet' },
]);

let receivers: RunningReceivers;
let now = 0;
const start = async (bytesPerSecond: number | null, requestsPerSecond: number | null) => {
  const limits = { bytesPerSecond, requestsPerSecond, burstSeconds: 1 };
  receivers = await startReceivers({ authenticate, rates: createTenantRates(limits, () => now) });
};
afterEach(async () => {
  await receivers.stop();
  expect(receivers.budget.usedBytes).toBe(0);
});

const http = (tenant: string, body = ofSize(10)): Promise<HttpAnswer> =>
  sendHttp(receivers.httpUrl, {
    headers: { ...PROTOBUF, authorization: `Bearer token-of-${tenant}` },
    body,
  });
const grpc = (tenant: string, frames = [grpcFrame(ofSize(10))]): Promise<RawGrpcAnswer> =>
  withSession(receivers.grpcAddress, (session) =>
    rawGrpcCall(session, {
      headers: { authorization: `Bearer token-of-${tenant}` },
      frames,
      end: frames.length > 0,
    }),
  );

test('a tenant over its requests is told on both ports when to come back; another one is served', async () => {
  await start(null, 2);
  expect([(await http('loud')).status, (await grpc('loud')).code]).toEqual([200, 0]);

  const overHttp = await http('loud');
  expect([overHttp.status, overHttp.headers['retry-after']]).toEqual([429, '1']);
  expect(overHttp.body.toString()).toContain('the rate limit of the tenant is reached');
  // Before a byte of the message has come.
  const overGrpc = await grpc('loud', []);
  expect([overGrpc.code, overGrpc.message]).toEqual([8, 'the rate limit of the tenant is reached']);
  expect(overGrpc.headers['grpc-status-details-bin']).toBeDefined();
  expect(receivers.told).toEqual(['http loud requestsPerSecond', 'grpc loud requestsPerSecond']);
  expect(receivers.refusals).toEqual(['http:rate_limit', 'grpc:rate_limit']);

  expect([(await http('quiet')).status, (await grpc('quiet')).code]).toEqual([200, 0]);
  now += 500;
  expect((await http('loud')).status).toBe(200);
  expect(receivers.consumer.requests.map(({ tenant }) => tenant)).toEqual([
    'loud',
    'loud',
    'quiet',
    'quiet',
    'loud',
  ]);
});

test('bytes are counted over both ports, and a debt is waited for', async () => {
  await start(10_000, null);
  expect((await http('loud', ofSize(6_000))).status).toBe(200);
  expect((await grpc('loud', [grpcFrame(ofSize(24_000))])).code).toBe(0);
  const over = await http('loud');
  expect([over.status, over.headers['retry-after']]).toEqual([429, '3']);
  now += 3_000;
  expect((await grpc('loud')).code).toBe(0);
  expect((await http('quiet')).status).toBe(200);
});

test('an unknown sender is refused before it is counted', async () => {
  await start(null, 1);
  for (let index = 0; index < 5; index++) expect((await http('nobody')).status).toBe(401);
  expect(receivers.told).toEqual([]);
});
