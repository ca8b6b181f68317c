/**
 * The few protobuf messages that a receiver answers with. All their field numbers are below 16, so that each tag is one
 * byte: field << 3 | wire type (0 varint, 2 bytes).
 */

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';

/** A varint of a non-negative safe integer. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}

/** A number field; left out when zero, as proto3 does. */
const number = (field: number, value: number): Buffer =>
  value === 0 ? Buffer.alloc(0) : Buffer.from([field << 3, ...varint(value)]);

/** A string, bytes or message field. */
function bytes(field: number, value: Uint8Array | string): Buffer {
  const content = Buffer.from(value);
  return Buffer.concat([Buffer.from([(field << 3) | 2, ...varint(content.length)]), content]);
}

/** `Export…ServiceResponse` with a partial success. */
export const encodePartialSuccess = (rejected: number, reason: string): Buffer =>
  bytes(1, Buffer.concat([number(1, rejected), bytes(2, reason)]));

/** `google.rpc.Status`; with `retryAfterMs` it carries a `RetryInfo`. */
export function encodeStatus(code: number, message: string, retryAfterMs?: number): Buffer {
  const status = [number(1, code), bytes(2, message)];
  if (retryAfterMs !== undefined) {
    const seconds = Math.floor(retryAfterMs / 1000);
    const nanos = Math.round((retryAfterMs - 1000 * seconds) * 1e6);
    const retryInfo = bytes(1, Buffer.concat([number(1, seconds), number(2, nanos)]));
    status.push(bytes(3, Buffer.concat([bytes(1, RETRY_INFO), bytes(2, retryInfo)])));
  }
  return Buffer.concat(status);
}
