import type { IncomingMessage } from 'node:http';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import type { Transform } from 'node:stream';
import { ClickHouseError } from './clickHouseError';

/**
 * The bytes of a request body, decompressed. Throws a `ClickHouseError` for an encoding that is not known (89), bytes that
 * are not what the encoding says (354), and more than `maxBytes` (229).
 */
export async function* requestBody(
  request: IncomingMessage,
  maxBytes: number,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of decoded(request)) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw ClickHouseError.of(
        'QUERY_IS_TOO_LARGE',
        `The request body is larger than the maximum of ${maxBytes} bytes; send it in several inserts`,
      );
    yield chunk;
  }
}

/** The most that a body can have, bytes: its length where told, as long as nothing unpacks. */
export function expectedBytes(request: IncomingMessage, maxBytes: number): number {
  const told = Number(request.headers['content-length']);
  const plain = (request.headers['content-encoding'] ?? 'identity') === 'identity';
  return plain && Number.isSafeInteger(told) ? Math.min(told, maxBytes) : maxBytes;
}

function decoded(request: IncomingMessage): AsyncIterable<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? '').trim().toLowerCase();
  switch (encoding) {
    case '':
    case 'identity':
      return request;
    case 'gzip':
    case 'x-gzip':
    case 'deflate':
      return unpacked(request, createUnzip());
    case 'br':
      return unpacked(request, createBrotliDecompress());
    default:
      throw ClickHouseError.of(
        'UNKNOWN_COMPRESSION_METHOD',
        `Unknown content encoding '${encoding}'; gzip, deflate and br are supported`,
      );
  }
}

async function* unpacked(request: IncomingMessage, unpack: Transform): AsyncGenerator<Buffer> {
  // A connection that breaks must end the unpacking too, or its reader would wait for ever.
  request.once('error', (error) => unpack.destroy(error));
  request.once('close', () => {
    if (!request.complete)
      unpack.destroy(new Error('the connection was closed in the middle of the request'));
  });
  try {
    yield* request.pipe(unpack) as AsyncIterable<Buffer>;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw ClickHouseError.of(
      'ZLIB_INFLATE_FAILED',
      `Cannot decompress the request body: ${reason}`,
    );
  } finally {
    unpack.destroy();
  }
}
