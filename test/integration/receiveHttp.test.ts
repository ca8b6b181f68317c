import { deflateSync, gzipSync } from 'node:zlib';
import { otlpRoot, traceRequestType, traceResponseType } from '../support/otlpProto';
import { createRecordingConsumer } from '../support/recordingConsumer';
import { JSON_TYPE, PROTOBUF, sendHttp, sendRaw } from '../support/sendHttp';
import { startReceivers } from '../support/startReceivers';
import type { ReceiverOptions, RunningReceivers } from '../support/startReceivers';

const type = traceRequestType();
const requestOf = (name: string): Record<string, unknown> => ({
  resourceSpans: [{ scopeSpans: [{ spans: [{ name }] }] }],
});
const bytesOf = (name: string): Buffer =>
  Buffer.from(type.encode(type.fromObject(requestOf(name))).finish());

const statusOf = (body: Buffer): unknown => {
  const status = otlpRoot.lookupType('RpcStatus');
  return status.toObject(status.decode(body));
};

let receivers: RunningReceivers;
const start = async (options: ReceiverOptions = {}): Promise<string> => {
  receivers = await startReceivers(options);
  return receivers.httpUrl;
};
afterEach(async () => {
  const { budget } = receivers;
  await receivers.stop();
  expect(budget.usedBytes).toBe(0);
});

const names = (): string[] => receivers.consumer.spans().map(({ name }) => name);

describe('accepted', () => {
  test.each([
    ['protobuf', PROTOBUF, bytesOf('a'), false],
    ['JSON', JSON_TYPE, JSON.stringify(requestOf('a')), false],
    [
      'JSON with a charset',
      { 'content-type': 'Application/JSON; charset=utf-8' },
      JSON.stringify(requestOf('a')),
      false,
    ],
    [
      'gzip with a length, as the Python SDK and the Collector send it',
      {
        ...PROTOBUF,
        'content-encoding': 'gzip',
        accept: '*/*',
        'accept-encoding': 'gzip, deflate',
      },
      gzipSync(bytesOf('a')),
      false,
    ],
    [
      'gzip in chunks without a length, as the Go SDK sends it',
      {
        ...PROTOBUF,
        'content-encoding': 'gzip',
        'user-agent': 'OTel OTLP Exporter Go/1.47.0',
        'accept-encoding': 'gzip',
      },
      gzipSync(bytesOf('a')),
      true,
    ],
    [
      'deflate, as the Python SDK sends it',
      { ...PROTOBUF, 'content-encoding': 'deflate' },
      deflateSync(bytesOf('a')),
      false,
    ],
    ['identity named', { ...PROTOBUF, 'content-encoding': 'identity' }, bytesOf('a'), true],
    [
      'JSON gzipped',
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      gzipSync(JSON.stringify(requestOf('a'))),
      false,
    ],
  ])('%s', async (_, headers, body, chunked) => {
    const answer = await sendHttp(await start(), { headers, body, chunked });
    expect(answer.status).toBe(200);
    const json = headers['content-type'] !== PROTOBUF['content-type'];
    expect(answer.headers['content-type']).toBe(
      json ? 'application/json' : 'application/x-protobuf',
    );
    expect(answer.body.toString()).toBe(json ? '{}' : '');
    expect(names()).toEqual(['a']);
    expect(receivers.consumer.requests[0]).toMatchObject({ signal: 'traces', tenant: 'default' });
    expect(receivers.answers).toMatchObject([{ protocol: 'http', status: 'accepted' }]);
    expect(receivers.refusals).toEqual([]);
  });

  test.each([
    ['protobuf', PROTOBUF, ''],
    ['JSON', JSON_TYPE, '{}'],
  ])('an empty %s body, without asking the consumer', async (_, headers, body) => {
    const answer = await sendHttp(await start(), { headers });
    expect([answer.status, answer.body.toString()]).toEqual([200, body]);
    expect(receivers.consumer.requests).toHaveLength(0);
  });

  test('a large body in many chunks', async () => {
    const body = bytesOf('x'.repeat(3_000_000));
    expect((await sendHttp(await start(), { body })).status).toBe(200);
    expect(names()[0]).toHaveLength(3_000_000);
  });

  test('a query behind the path', async () => {
    const answer = await sendHttp(await start(), {
      path: '/v1/traces?x=/nope',
      body: bytesOf('a'),
    });
    expect(answer.status).toBe(200);
  });

  test('partial success is told in the format of the request', async () => {
    const consumer = createRecordingConsumer(() => ({
      status: 'accepted',
      rejected: 3,
      reason: 'names ☃ too long',
    }));
    const url = await start({ consumer });
    const protobuf = await sendHttp(url, { body: bytesOf('a') });
    const json = await sendHttp(url, { headers: JSON_TYPE, body: '{"resourceSpans":[{}]}' });
    expect([protobuf.status, json.status]).toEqual([200, 200]);
    expect(JSON.parse(json.body.toString())).toEqual({
      partialSuccess: { rejectedSpans: '3', errorMessage: 'names ☃ too long' },
    });
    expect(
      traceResponseType().toObject(traceResponseType().decode(protobuf.body), { longs: Number }),
    ).toEqual({ partialSuccess: { rejectedSpans: 3, errorMessage: 'names ☃ too long' } });
  });
});

describe('not accepted by the consumer', () => {
  test('retry is 503 with Retry-After in whole seconds', async () => {
    const consumer = createRecordingConsumer(() => ({
      status: 'retry',
      retryAfterMs: 1_200,
      reason: 'the store is down',
    }));
    const url = await start({ consumer });
    const json = await sendHttp(url, { headers: JSON_TYPE, body: '{"resourceSpans":[{}]}' });
    expect([json.status, json.headers['retry-after']]).toEqual([503, '2']);
    expect(JSON.parse(json.body.toString())).toEqual({ code: 14, message: 'the store is down' });
  });

  test('refused is 400, never retryable', async () => {
    const consumer = createRecordingConsumer(() => ({ status: 'refused', reason: 'no spans' }));
    const answer = await sendHttp(await start({ consumer }), { body: bytesOf('a') });
    expect([answer.status, answer.headers['retry-after']]).toEqual([400, undefined]);
    expect(statusOf(answer.body)).toMatchObject({ code: 3, message: 'no spans' });
    expect(receivers.answers).toMatchObject([{ status: 'refused' }]);
  });

  test('a throw is 500, counted, and the next request is served', async () => {
    let calls = 0;
    const consumer = createRecordingConsumer(() => {
      if (calls++ === 0) throw new Error('secret detail');
      return { status: 'accepted', rejected: 0 };
    });
    const url = await start({ consumer });
    const failed = await sendHttp(url, { body: bytesOf('a') });
    expect(failed.status).toBe(500);
    expect(statusOf(failed.body)).toMatchObject({ code: 13, message: 'internal error' });
    expect(receivers.failures).toEqual([new Error('secret detail')]);
    expect((await sendHttp(url, { body: bytesOf('a') })).status).toBe(200);
    expect(receivers.answers.map(({ status }) => status)).toEqual(['failed', 'accepted']);
  });
});

describe('refused by the receiver', () => {
  test.each([
    ['unknown path', { path: '/nope' }, 404, 'path'],
    ['profiles, which are not received', { path: '/v1development/profiles' }, 404, 'path'],
    ['GET', { method: 'GET' }, 405, 'method'],
    ['wrong content type', { headers: { 'content-type': 'text/plain' } }, 415, 'content_type'],
    ['no content type', { headers: {} }, 415, 'content_type'],
    ['zstd', { headers: { ...PROTOBUF, 'content-encoding': 'zstd' } }, 400, 'encoding'],
    [
      'an encoding named like a method',
      { headers: { ...PROTOBUF, 'content-encoding': 'constructor' } },
      400,
      'encoding',
    ],
    [
      'bytes that are not gzip',
      { headers: { ...PROTOBUF, 'content-encoding': 'gzip' } },
      400,
      'malformed',
    ],
    ['JSON that is none', { headers: JSON_TYPE }, 400, 'malformed'],
  ])('%s', async (_, message, status, reason) => {
    const answer = await sendHttp(await start(), { body: bytesOf('a'), ...message });
    expect(answer.status).toBe(status);
    expect(receivers.refusals).toEqual([`http:${reason}`]);
    expect(receivers.consumer.requests).toHaveLength(0);
    expect(answer.headers['retry-after']).toBeUndefined();
  });

  test('answers say what would be right', async () => {
    const url = await start();
    expect((await sendHttp(url, { method: 'GET' })).headers.allow).toBe('POST');
    const type415 = await sendHttp(url, { headers: { 'content-type': 'text/plain' }, body: 'a' });
    expect(type415.body.toString()).toContain('[application/json, application/x-protobuf]');
    const encoding = await sendHttp(url, { headers: { ...JSON_TYPE, 'content-encoding': 'br' } });
    expect(encoding.headers['accept-encoding']).toBe('gzip, deflate');
    expect(JSON.parse(encoding.body.toString())).toEqual({
      code: 3,
      message: 'unsupported content-encoding, supported: [gzip, deflate]',
    });
  });

  test('JSON that does not fit names the place', async () => {
    const body = '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]}';
    const answer = await sendHttp(await start(), { headers: JSON_TYPE, body });
    expect(JSON.parse(answer.body.toString())).toEqual({
      code: 3,
      message:
        'resourceSpans[0].scopeSpans[0].spans[0].traceId: "xyz" is not 32 hexadecimal digits',
    });
  });

  test('a gzip body that is cut off', async () => {
    const whole = gzipSync(bytesOf('x'.repeat(5_000)));
    const headers = { ...PROTOBUF, 'content-encoding': 'gzip' };
    const answer = await sendHttp(await start(), { headers, body: whole.subarray(0, -9) });
    expect(answer.status).toBe(400);
    expect(receivers.refusals).toEqual(['http:malformed']);
  });

  test('lines that are not HTTP', async () => {
    const text = await sendRaw(await start(), ['PRI * HTTP/9\r\n\r\n']);
    expect(text).toMatch(/^HTTP\/1.1 400 /);
    expect(receivers.refusals).toEqual(['http:malformed']);
  });

  test('headers that are too large', async () => {
    const text = await sendRaw(await start({ http: { maxHeaderBytes: 1_000 } }), [
      `POST /v1/traces HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(2_000)}\r\n\r\n`,
    ]);
    expect(text).toMatch(/^HTTP\/1.1 431 /);
    expect(receivers.refusals).toEqual(['http:too_large']);
  });
});

describe('Expect: 100-continue, as curl sends it', () => {
  const head = (path: string): string =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\n` +
    `Expect: 100-continue\r\nContent-Length: ${bytesOf('a').length}\r\nConnection: close\r\n\r\n`;

  test('is answered before the body', async () => {
    const text = await sendRaw(await start(), [head('/v1/traces'), bytesOf('a')]);
    expect(text).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK/);
    expect(names()).toEqual(['a']);
  });

  test('a refusal spares the body', async () => {
    const text = await sendRaw(await start(), [head('/nope')]);
    expect(text).toMatch(/^HTTP\/1.1 404 /);
  });
});

describe('CORS', () => {
  const origin = 'https://shop.example';
  const preflight = {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,authorization',
    },
  };

  test('is off by default', async () => {
    const url = await start();
    const answer = await sendHttp(url, { headers: { ...PROTOBUF, origin }, body: bytesOf('a') });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect((await sendHttp(url, preflight)).status).toBe(405);
  });

  test('lets allowed origins send and read the answer', async () => {
    const url = await start({ http: { cors: { allowedOrigins: [origin] } } });
    const asked = await sendHttp(url, preflight);
    expect(asked.status).toBe(204);
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': 'content-type,authorization',
      'access-control-allow-methods': 'POST',
      vary: 'Origin',
    });
    const answer = await sendHttp(url, { headers: { ...JSON_TYPE, origin }, body: '{' });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([400, origin]);
  });

  test('leaves other origins out', async () => {
    const url = await start({ http: { cors: { allowedOrigins: ['https://other.example'] } } });
    const asked = await sendHttp(url, preflight);
    expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([405, undefined]);
  });
});
