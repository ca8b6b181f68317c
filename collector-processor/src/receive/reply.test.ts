import { otlpRoot, traceResponseType } from '../../../test/support/otlpProto';
import { encodePartialSuccess, encodeStatus } from './responseMessages';
import { connectionReply, grpcReply, httpReply } from './reply';
import type { Verdict } from './verdict';

const GRPC_CODE_AND_HTTP_STATUS: [Verdict, number, number][] = [
  [{ status: 'accepted', rejected: 0 }, 0, 200],
  [{ status: 'accepted', rejected: 5, reason: 'too long' }, 0, 200],
  [{ status: 'retry', retryAfterMs: 10, reason: 'down' }, 14, 503],
  [{ status: 'busy', retryAfterMs: 10 }, 8, 429],
  [{ status: 'refused', reason: 'garbage' }, 3, 400],
  [{ status: 'tooLarge', reason: 'large' }, 8, 413],
  [{ status: 'unauthenticated' }, 16, 401],
  [{ status: 'failed' }, 13, 500],
];

test.each(GRPC_CODE_AND_HTTP_STATUS)('%j', (verdict, code, status) => {
  const grpc = grpcReply(verdict);
  const http = httpReply(verdict, 'json', 'rejectedSpans');
  expect([grpc.code, http.status]).toEqual([code, status]);
  // Only these two may be sent again, and both protocols say so.
  const retryable = verdict.status === 'retry' || verdict.status === 'busy';
  expect(grpc.metadata?.get('grpc-status-details-bin').length ?? 0).toBe(retryable ? 1 : 0);
  expect('Retry-After' in http.headers).toBe(retryable);
  if (code !== 0) {
    expect(JSON.parse(http.body.toString())).toMatchObject({ code, message: grpc.details });
  }
});

test.each([
  [1, '1'],
  [1_000, '1'],
  [1_001, '2'],
  [0, '1'],
])('Retry-After of %d ms is %s s', (retryAfterMs, seconds) => {
  const reply = httpReply({ status: 'retry', retryAfterMs, reason: '' }, 'json', 'rejectedSpans');
  expect(reply.headers['Retry-After']).toBe(seconds);
});

test('a full success leaves partialSuccess out, a warning does not', () => {
  const full: Verdict = { status: 'accepted', rejected: 0 };
  const warned: Verdict = { status: 'accepted', rejected: 0, reason: 'old names' };
  expect(grpcReply(full).message).toHaveLength(0);
  expect(httpReply(full, 'protobuf', 'rejectedSpans').body).toHaveLength(0);
  const response = traceResponseType();
  const { message } = grpcReply(warned);
  expect(response.toObject(response.decode(message))).toEqual({
    partialSuccess: { errorMessage: 'old names' },
  });
  expect(httpReply(warned, 'protobuf', 'rejectedSpans').body).toEqual(message);
});

test('a reason is cut to what fits a header', () => {
  expect(grpcReply({ status: 'refused', reason: 'ä'.repeat(50_000) }).details).toHaveLength(1_000);
});

test.each([
  ['ERR_HTTP_REQUEST_TIMEOUT', 'timeout', '408'],
  ['HPE_HEADER_OVERFLOW', 'too_large', '431'],
  ['HPE_INVALID_METHOD', 'malformed', '400'],
])('a connection that fails with %s', (code, reason, status) => {
  expect(connectionReply(code)).toMatchObject({ reason });
  expect(connectionReply(code).text).toContain(`HTTP/1.1 ${status} `);
});

test('a connection that is gone gets no answer', () => {
  expect(connectionReply('ECONNRESET')).toEqual({ reason: 'aborted', text: '' });
});

describe('messages, as protobufjs reads them', () => {
  const decode = (name: string, bytes: Uint8Array): Record<string, unknown> => {
    const type = otlpRoot.lookupType(name);
    return type.toObject(type.decode(bytes), { longs: Number });
  };

  test.each([0, 1, 127, 128, 300, 2 ** 31, Number.MAX_SAFE_INTEGER])(
    'partial success of %d',
    (rejected) => {
      expect(decode('ExportTraceServiceResponse', encodePartialSuccess(rejected, 'why'))).toEqual({
        partialSuccess: { errorMessage: 'why', ...(rejected > 0 && { rejectedSpans: rejected }) },
      });
    },
  );

  test.each([
    [0, {}],
    [1, { nanos: 1_000_000 }],
    [1_500, { seconds: 1, nanos: 500_000_000 }],
    [0.5, { nanos: 500_000 }],
    [86_400_000, { seconds: 86_400 }],
  ])('status with a retry after %d ms', (retryAfterMs, retryDelay) => {
    const status = decode('RpcStatus', encodeStatus(14, 'dön’t', retryAfterMs)) as {
      details: { value: Uint8Array }[];
    };
    expect(status).toMatchObject({ code: 14, message: 'dön’t' });
    expect(decode('RetryInfo', status.details[0]!.value)).toEqual({ retryDelay });
  });
});
