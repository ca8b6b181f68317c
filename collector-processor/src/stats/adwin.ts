import type { StreamDetector } from './streamDetector';

export interface AdwinSettings {
  /** Chance of a false alarm at one check. */
  readonly delta: number;
  /** Values between two checks. */
  readonly every: number;
  /** Buckets of one size before two are merged. */
  readonly bucketsPerSize: number;
  /** Smallest part of the window that is compared with the rest. */
  readonly minPart: number;
  /** Values before the first check. */
  readonly grace: number;
}

const DEFAULTS: AdwinSettings = {
  delta: 0.002,
  every: 32,
  bucketsPerSize: 5,
  minPart: 5,
  grace: 10,
};

/** Values that stand together: how many, their sum, and their squared deviations from their mean. */
interface Bucket {
  readonly n: number;
  readonly sum: number;
  readonly deviations: number;
}

const EMPTY: Bucket = { n: 0, sum: 0, deviations: 0 };

/** Both sets together (T. F. Chan, G. H. Golub and R. J. LeVeque, COMPSTAT 1982). */
function merge(a: Bucket, b: Bucket): Bucket {
  if (a.n === 0) return b;
  if (b.n === 0) return a;
  const apart = a.sum / a.n - b.sum / b.n;
  const n = a.n + b.n;
  const deviations = a.deviations + b.deviations + (apart * apart * a.n * b.n) / n;
  return { n, sum: a.sum + b.sum, deviations };
}

/** `all` without `part`, which is in it. */
function without(all: Bucket, part: Bucket): Bucket {
  const n = all.n - part.n;
  if (n === 0) return EMPTY;
  const sum = all.sum - part.sum;
  const apart = sum / n - part.sum / part.n;
  const between = (apart * apart * n * part.n) / all.n;
  return { n, sum, deviations: Math.max(0, all.deviations - part.deviations - between) };
}

/**
 * ADWIN, a window that forgets what no longer belongs to it (A. Bifet and R. Gavaldà, SIAM Data Mining 2007): it is cut
 * wherever the means of an older and a newer part differ by more than chance allows,
 * ε = √(2 σ² ln(2 ln n / δ) / m) + 2 ln(2 ln n / δ) / (3 m), m the harmonic mean of the parts' sizes.
 */
export function createAdwin(settings: Partial<AdwinSettings> = {}): StreamDetector {
  const { delta, every, bucketsPerSize, minPart, grace } = { ...DEFAULTS, ...settings };
  /** Buckets of 1, 2, 4, … values; in each row the newest first. */
  const rows: Bucket[][] = [[]];
  let window = EMPTY;
  let seen = 0;

  const add = (value: number): void => {
    const bucket = { n: 1, sum: value, deviations: 0 };
    rows[0]!.unshift(bucket);
    window = merge(window, bucket);
    for (let i = 0; i < rows.length && rows[i]!.length > bucketsPerSize; i++) {
      const oldest = rows[i]!.pop()!;
      (rows[i + 1] ??= []).unshift(merge(rows[i]!.pop()!, oldest));
    }
  };
  const dropOldest = (): void => {
    while (rows.length > 1 && rows.at(-1)!.length === 0) rows.pop();
    const oldest = rows.at(-1)!.pop()!;
    window = without(window, oldest);
  };
  const differ = (older: Bucket, newer: Bucket): boolean => {
    const apart = Math.abs(older.sum / older.n - newer.sum / newer.n);
    const inverse = 1 / (older.n - minPart + 1) + 1 / (newer.n - minPart + 1);
    const log = Math.log((2 * Math.log(window.n)) / delta);
    const variance = window.deviations / window.n;
    return apart > Math.sqrt(2 * inverse * variance * log) + (2 / 3) * log * inverse;
  };
  const hasCut = (): boolean => {
    let older = EMPTY;
    for (let i = rows.length - 1; i >= 0; i--) {
      // The newest bucket of each size is not a place to cut: it is still being filled.
      for (let j = rows[i]!.length - 1; j >= 1; j--) {
        older = merge(older, rows[i]![j]!);
        const newer = without(window, older);
        if (older.n >= minPart && newer.n >= minPart && differ(older, newer)) return true;
      }
      if (rows[i]!.length > 0) older = merge(older, rows[i]![0]!);
    }
    return false;
  };
  return {
    update(value) {
      add(value);
      seen++;
      if (seen % every !== 0 || window.n <= grace) return false;
      let changed = false;
      while (hasCut()) {
        changed = true;
        dropOldest();
      }
      return changed;
    },
  };
}
