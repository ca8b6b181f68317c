import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createInflate } from 'node:zlib';
import type { Budget } from './budget';
import type { ReceiveLimits } from './settings';

const DECOMPRESSORS = { gzip: createGunzip, deflate: createInflate } as const;

export type BodyEncoding = 'identity' | keyof typeof DECOMPRESSORS;

/** The encodings that are read, as `Accept-Encoding` lists them. */
export const BODY_ENCODINGS = Object.keys(DECOMPRESSORS).join(', ');

export const isBodyEncoding = (name: string): name is BodyEncoding =>
  name === 'identity' || Object.hasOwn(DECOMPRESSORS, name);

type Failure = 'tooLarge' | 'busy' | 'malformed' | 'aborted';

export type Body =
  /** `bytes.length` stays taken from the budget until the caller releases it. */
  | { readonly status: 'whole'; readonly bytes: Buffer }
  /** Nothing is held any more; `sentBytes` of the body were read. */
  | { readonly status: Failure; readonly sentBytes: number };

/** Ends the reading; never leaves this file. */
class Stop extends Error {
  readonly status: Failure;

  constructor(status: Failure) {
    super(status);
    this.status = status;
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof Stop) return error.status;
  const { code } = error as NodeJS.ErrnoException;
  return code?.startsWith('Z_') ? 'malformed' : 'aborted';
}

/**
 * Reads and decompresses a body. Each chunk is counted before it is kept, so that a body too large, a bomb or a full
 * budget stops the reading there and then. What the sender still sends afterwards is for the caller to discard.
 */
export async function readBody(
  request: IncomingMessage,
  encoding: BodyEncoding,
  limits: ReceiveLimits,
  budget: Budget,
): Promise<Body> {
  const chunks: Buffer[] = [];
  let sentBytes = 0;
  let keptBytes = 0;

  async function* sent(): AsyncGenerator<Buffer> {
    // The connection must outlive a refusal, or the sender would never read it.
    const source = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    for await (const chunk of source) {
      sentBytes += chunk.length;
      if (sentBytes > limits.maxBodyBytes) throw new Stop('tooLarge');
      yield chunk;
    }
  }
  async function keep(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of source) {
      if (keptBytes + chunk.length > limits.maxDecompressedBytes) throw new Stop('tooLarge');
      if (!budget.take(chunk.length)) throw new Stop('busy');
      keptBytes += chunk.length;
      chunks.push(chunk);
    }
  }

  try {
    if (encoding === 'identity') await keep(sent());
    else await pipeline(sent(), DECOMPRESSORS[encoding](), keep);
  } catch (error) {
    budget.release(keptBytes);
    return { status: failureOf(error), sentBytes };
  }
  return { status: 'whole', bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) };
}
