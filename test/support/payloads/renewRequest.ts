import type { Patches } from './protoWriter';

const HEX = Buffer.from('0123456789abcdef', 'latin1');

/**
 * Makes the items of a request other items, in place: the first four bytes of every id and the first eight characters
 * of every unique text become `sending`, all times move by `shiftMs`. Cheap, so that the sender does not become the
 * bottleneck. Relations stay: what was one trace is one trace again.
 */
export function renewRequest(
  request: { readonly bytes: Buffer; readonly patches: Patches },
  sending: number,
  shiftMs: number,
): void {
  const { bytes, patches } = request;
  for (const at of patches.ids) bytes.writeUInt32LE(sending, at);
  for (const at of patches.texts) {
    for (let i = 0; i < 8; i++) bytes[at + i] = HEX[(sending >>> (4 * i)) & 15]!;
  }
  if (shiftMs === 0) return;
  // Nanoseconds in two 32-bit halves: a BigInt for each time would be most of the sender's work.
  const shift = BigInt.asUintN(64, BigInt(Math.round(shiftMs)) * 1_000_000n);
  const shiftLow = Number(shift & 0xffffffffn);
  const shiftHigh = Number(shift >> 32n);
  for (const at of patches.times) {
    const low = bytes.readUInt32LE(at) + shiftLow;
    bytes.writeUInt32LE(low >>> 0, at);
    const carry = low > 0xffffffff ? 1 : 0;
    bytes.writeUInt32LE((bytes.readUInt32LE(at + 4) + shiftHigh + carry) >>> 0, at + 4);
  }
}
