import { releaseOf } from './releaseOf';

const SIZE = 100_000;

it('gives the memory back once, and may be called again', () => {
  const bytes = Buffer.alloc(SIZE, 1);
  const release = releaseOf(bytes)!;
  expect(bytes.length).toBe(SIZE);
  release();
  release();
  expect(bytes.length).toBe(0);
  expect(bytes.buffer.byteLength).toBe(0);
});

it('takes a message behind its frame of gRPC for one that stands alone', () => {
  const message = Buffer.alloc(SIZE + 5).subarray(5);
  releaseOf(message)!();
  expect(message.length).toBe(0);
});

it('leaves alone what is small, and what shares its memory', () => {
  expect(releaseOf(Buffer.allocUnsafeSlow(16_383))).toBeUndefined();
  expect(releaseOf(Buffer.alloc(2 * SIZE).subarray(0, SIZE))).toBeUndefined();
  expect(releaseOf(Buffer.alloc(0))).toBeUndefined();
  expect(releaseOf(new Uint8Array(new SharedArrayBuffer(SIZE)))).toBeUndefined();
});
