import type { ByteBuffer } from '../store/native/byteBuffer';

/** A length that is known later: four bytes whatever it is, which protobuf allows. */
const LENGTH_BYTES = 4;

/** Starts a message whose length is not known yet; returns where its content starts. */
export function beginMessage(out: ByteBuffer, tag: number): number {
  out.byte(tag);
  out.reserve(LENGTH_BYTES);
  out.length += LENGTH_BYTES;
  return out.length;
}

/** Ends the message whose content starts at `contentAt`, with all that was written since. */
export function endMessage({ bytes, length }: ByteBuffer, contentAt: number): void {
  const size = length - contentAt;
  bytes[contentAt - 4] = (size & 127) | 128;
  bytes[contentAt - 3] = ((size >>> 7) & 127) | 128;
  bytes[contentAt - 2] = ((size >>> 14) & 127) | 128;
  bytes[contentAt - 1] = size >>> 21;
}
