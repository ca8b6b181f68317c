import type { Room } from '../otlp/patches';

/** What is larger is not kept: such requests are rare, and their memory would never be given back. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024;

/** Memory for one request that is being sent. */
class SendBuffer {
  private bytes = Buffer.alloc(0);

  get size(): number {
    return this.bytes.length;
  }

  readonly room: Room = (size) => {
    // With something to spare, for the next request is about as large and as often larger as smaller.
    if (size > this.bytes.length) this.bytes = Buffer.allocUnsafeSlow(size + (size >> 2));
    return this.bytes.subarray(0, size);
  };
}

/** Buffers of requests that are being sent, used again when those are through: as many as were sent at the same time. */
export class SendBuffers {
  private readonly spare: SendBuffer[] = [];

  take(): SendBuffer {
    return this.spare.pop() ?? new SendBuffer();
  }

  giveBack(buffer: SendBuffer): void {
    if (buffer.size <= MAX_KEPT_BYTES) this.spare.push(buffer);
  }
}
