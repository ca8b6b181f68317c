import { MessageChannel } from 'node:worker_threads';

/** What is smaller costs less to collect than to give back. */
const MIN_BYTES = 16_384;
/** What stands in front of a gRPC message in its memory. */
const FRAME_BYTES = 5;

/** A closed port: what is sent through it is taken from us and, since nobody can receive it, freed. */
const { port1: NOBODY } = new MessageChannel();
NOBODY.close();

/**
 * Gives the memory of these bytes back at once when it is called, after which they are gone; undefined when they are few or
 * share their memory with others.
 *
 * Requests live until they are committed. By then the collector counts them among what lives long, where only a whole
 * collection finds garbage, and V8 starts one whenever 64 MB came to be outside its heap: at full load a fifth of the
 * processor's time. A transfer takes the memory out of that count, for a buffer that nobody holds.
 */
export function releaseOf(bytes: Uint8Array): (() => void) | undefined {
  const { buffer, length } = bytes;
  const isAlone = buffer instanceof ArrayBuffer && buffer.byteLength <= length + FRAME_BYTES;
  if (!isAlone || length < MIN_BYTES) return undefined;
  return () => {
    // Nothing is left of it after the first call, and nothing can be transferred twice.
    if (buffer.byteLength > 0) NOBODY.postMessage(undefined, [buffer]);
  };
}
