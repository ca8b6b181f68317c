import { otlpRoot } from '../../../test/support/otlpProto';
import { readPartialSuccess, readStatus } from './responses';

const encode = (type: string, value: object): Uint8Array => {
  const message = otlpRoot.lookupType(type);
  return message.encode(message.fromObject(value)).finish();
};

describe('readPartialSuccess', () => {
  it.each([
    [{}, { rejected: 0, reason: '' }],
    [
      { partialSuccess: { rejectedSpans: 70_000, errorMessage: 'too late' } },
      { rejected: 70_000, reason: 'too late' },
    ],
    [{ partialSuccess: { errorMessage: 'a warning' } }, { rejected: 0, reason: 'a warning' }],
    [{ partialSuccess: { rejectedSpans: -1 } }, { rejected: 0, reason: '' }],
  ])('%j', (response, read) => {
    expect(readPartialSuccess(encode('ExportTraceServiceResponse', response))).toEqual(read);
  });

  it('takes what it cannot read as a full success', () => {
    expect(readPartialSuccess(Buffer.from('<html>'))).toEqual({ rejected: 0, reason: '' });
  });
});

describe('readStatus', () => {
  const info = encode('RetryInfo', { retryDelay: { seconds: 2, nanos: 500_000_001 } });

  it('finds the delay among the details, rounded up to milliseconds', () => {
    const details = [
      { typeUrl: 'type.googleapis.com/google.rpc.DebugInfo', value: info },
      { typeUrl: 'type.googleapis.com/google.rpc.RetryInfo', value: info },
    ];
    expect(readStatus(encode('RpcStatus', { code: 14, message: 'later', details }))).toEqual({
      message: 'later',
      retryAfterMs: 2501,
    });
  });

  it('tells no delay from a delay of nothing', () => {
    const details = [
      { typeUrl: 'type.googleapis.com/google.rpc.RetryInfo', value: Buffer.alloc(0) },
    ];
    expect(readStatus(encode('RpcStatus', { details })).retryAfterMs).toBe(0);
    expect(readStatus(encode('RpcStatus', { message: 'x' })).retryAfterMs).toBeUndefined();
    expect(readStatus(Buffer.from([26, 200]))).toEqual({ message: '', retryAfterMs: undefined });
  });
});
