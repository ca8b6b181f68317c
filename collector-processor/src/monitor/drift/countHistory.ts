import { type FeatureWindow, totalOf } from './featureCounts';

/** How often something occurred in a window of the reference, among how many rows. */
export interface PastShare {
  readonly timeMs: number;
  readonly count: number;
  readonly n: number;
}

/** The smallest array that holds whole numbers up to this one exactly. */
function arrayFor(
  length: number,
  most: number,
): Float64Array | Uint8Array | Uint16Array | Uint32Array {
  if (most <= 0xff) return new Uint8Array(length);
  if (most <= 0xffff) return new Uint16Array(length);
  return most <= 0xffff_ffff ? new Uint32Array(length) : new Float64Array(length);
}

/** Counts of the windows of a reference, kept as small as they are: each of many features has a week of them. */
export class CountHistory {
  private readonly times: Float64Array;
  private readonly counts: ReturnType<typeof arrayFor>;
  private readonly places: number;

  constructor(windows: readonly FeatureWindow[]) {
    this.places = windows.reduce((most, { counts }) => Math.max(most, counts.length), 0);
    this.times = Float64Array.from(windows, ({ timeMs }) => timeMs);
    const most = windows.reduce((all, { counts }) => Math.max(all, ...counts), 0);
    this.counts = arrayFor(windows.length * this.places, most);
    windows.forEach(({ counts }, at) => {
      this.counts.set(counts, at * this.places);
    });
  }

  get bytes(): number {
    return this.times.byteLength + this.counts.byteLength;
  }

  /** What each window has at a place of its counts, in order of time. */
  sharesAt(place: number): PastShare[] {
    return Array.from(this.times, (timeMs, at) => {
      const own = this.counts.subarray(at * this.places, (at + 1) * this.places);
      return { timeMs, count: own[place] ?? 0, n: totalOf(Array.from(own)) };
    });
  }
}
