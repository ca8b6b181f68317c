const HEX = '0123456789abcdef';

/** Pseudo-random numbers that are the same for the same seed on every machine. */
export interface Prng {
  /** Uniform in [0, 1). */
  unit(): number;
  /** Uniform integer in [0, below). */
  below(below: number): number;
  /** Standard normal. */
  normal(): number;
  pick<T>(from: readonly T[]): T;
  /** `length` lower-case hexadecimal characters. */
  hex(length: number): string;
  bytes(length: number): Uint8Array;
}

/** The mulberry32 generator: 32 bits of state, enough for test payloads and fast. */
export function createPrng(seed: number): Prng {
  let state = seed >>> 0;
  const word = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const unit = (): number => word() / 2 ** 32;
  const below = (limit: number): number => Math.floor(unit() * limit);
  return {
    unit,
    below,
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    pick: (from) => from[below(from.length)]!,
    hex: (length) => {
      let text = '';
      for (let i = 0; i < length; i++) text += HEX[below(16)]!;
      return text;
    },
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  };
}
