import { DecodeError } from '../core/errors';
import { WireReader } from '../otlp/wire';

/** The few protobuf messages that a receiver answers with; see the OTLP specification, "Failures". */

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';

type Visit = (tag: number, reader: WireReader, end: number) => void;

/** Calls `visit` behind each tag up to `end`; what it does not read must be skipped by it. */
function eachField(reader: WireReader, end: number, visit: Visit): void {
  while (reader.position < end) visit(reader.uint32(), reader, end);
}

function eachFieldOf(reader: WireReader, limit: number, visit: Visit): void {
  const end = reader.end(limit);
  eachField(reader, end, visit);
  reader.position = end;
}

function text(reader: WireReader, limit: number): string {
  const end = reader.end(limit);
  const value = reader.bytes.toString('utf8', reader.position, end);
  reader.position = end;
  return value;
}

/** What can be read; nothing of it when the bytes are not such a message. */
function lenient<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) return otherwise;
    throw error;
  }
}

export interface PartialSuccess {
  readonly rejected: number;
  readonly reason: string;
}

/** Reads an `Export…ServiceResponse`. One that cannot be read is a full success: the status has said so. */
export function readPartialSuccess(bytes: Uint8Array): PartialSuccess {
  return lenient(
    () => {
      const reader = new WireReader();
      reader.open(bytes);
      let rejected = 0;
      let reason = '';
      eachField(reader, bytes.length, (tag, _, end) => {
        if (tag !== 10) {
          reader.skip(tag, end);
          return;
        }
        eachFieldOf(reader, end, (inner, __, innerEnd) => {
          if (inner === 8) rejected = Number(reader.int64());
          else if (inner === 18) reason = text(reader, innerEnd);
          else reader.skip(inner, innerEnd);
        });
      });
      return { rejected: Math.max(0, rejected), reason };
    },
    { rejected: 0, reason: '' },
  );
}

export interface RpcStatus {
  readonly message: string;
  /** Of its `RetryInfo`; undefined when it has none. */
  readonly retryAfterMs: number | undefined;
}

/** Reads a `google.rpc.Status`. */
export function readStatus(bytes: Uint8Array): RpcStatus {
  return lenient(
    () => {
      const reader = new WireReader();
      reader.open(bytes);
      let message = '';
      let retryAfterMs: number | undefined;
      eachField(reader, bytes.length, (tag, _, end) => {
        if (tag === 18) message = text(reader, end);
        else if (tag === 26) retryAfterMs = readDetail(reader, end) ?? retryAfterMs;
        else reader.skip(tag, end);
      });
      return { message, retryAfterMs };
    },
    { message: '', retryAfterMs: undefined },
  );
}

/** An `Any`: the delay when it holds a `RetryInfo`. */
function readDetail(reader: WireReader, limit: number): number | undefined {
  let type = '';
  let value: Uint8Array = new Uint8Array(0);
  eachFieldOf(reader, limit, (tag, _, end) => {
    if (tag === 10) type = text(reader, end);
    else if (tag === 18) {
      const valueEnd = reader.end(end);
      value = reader.bytes.subarray(reader.position, valueEnd);
      reader.position = valueEnd;
    } else reader.skip(tag, end);
  });
  return type === RETRY_INFO ? readRetryInfo(value) : undefined;
}

function readRetryInfo(bytes: Uint8Array): number {
  const reader = new WireReader();
  reader.open(bytes);
  let milliseconds = 0;
  eachField(reader, bytes.length, (tag, _, end) => {
    if (tag !== 10) {
      reader.skip(tag, end);
      return;
    }
    eachFieldOf(reader, end, (inner, __, innerEnd) => {
      if (inner === 8) milliseconds += Number(reader.int64()) * 1000;
      else if (inner === 16) milliseconds += reader.uint32() / 1e6;
      else reader.skip(inner, innerEnd);
    });
  });
  return Math.max(0, Math.ceil(milliseconds));
}
