import { hotellingReference, type ScoredWindow } from '../../stats/hotelling';
import { equalProportions } from '../../stats/proportion';

/** How often something occurred among how many rows. */
export interface ShareCount {
  readonly count: number;
  readonly n: number;
}

export interface ShareHistory {
  /** Of the whole reference. */
  readonly reference: ShareCount;
  /** Of its windows, in order of time; asked for only where it matters. */
  readonly windows: () => readonly ScoredShare[];
}

type ScoredShare = ShareCount & { readonly regressors: readonly number[] };

/** Rows that are this likely to be as before need no second opinion. */
const LIKELY = 0.01;

/** Half a row keeps a share that never occurred above 0, so that a window with it is far away but not infinitely. */
const shareOf = ({ count, n }: ShareCount): number => (count + 0.5) / (n + 1);

/**
 * The size of a change of shares on a scale where equal steps are equally hard to see: 2 arcsin √q − 2 arcsin √p
 * (J. Cohen, Statistical Power Analysis, 1988, chapter 6).
 */
export const shareEffect = (reference: ShareCount, current: ShareCount): number =>
  2 * Math.asin(Math.sqrt(current.count / current.n)) -
  2 * Math.asin(Math.sqrt(Math.min(1, reference.count / reference.n)));

/**
 * P-value of a share being what it was: the larger one of two tests, so valid where either is. One takes rows as
 * independent and holds for what (almost) never occurred, where windows tell no variance; the other compares with the
 * windows of the reference, and holds where sessions, batches and seasons make shares vary more than rows would. 1 where
 * the first says that nothing changed; NaN where neither side has any, or all.
 */
export function shareTest({ reference, windows }: ShareHistory, current: ScoredShare): number {
  const ofRows = equalProportions(current.count, current.n, reference.count, reference.n);
  if (Number.isNaN(ofRows) || smallCounts(reference, current)) return NaN;
  if (ofRows > LIKELY) return 1;
  const p = shareOf(reference);
  const scale = Math.sqrt(p * (1 - p));
  const scored = ({ count, n, regressors }: ScoredShare): ScoredWindow => ({
    n,
    regressors,
    scores: [(count / n - p) / scale],
  });
  const history = windows().filter(({ n }) => n > 0);
  const tested = hotellingReference(history.map(scored))?.test(scored(current)).p;
  return tested === undefined ? ofRows : Math.max(ofRows, tested);
}

/** Below this expected count the normal approximation says too much of a single row. */
const LEAST_COUNT = 5;
const smallCounts = (a: ShareCount, b: ShareCount): boolean =>
  a.count + b.count < LEAST_COUNT || a.n + b.n - a.count - b.count < LEAST_COUNT;
