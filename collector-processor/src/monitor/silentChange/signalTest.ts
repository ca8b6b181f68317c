import { hotellingReference } from '../../stats/hotelling';
import { type Season, seasonalRegressors } from '../../stats/seasonalRegressors';
import { shareEffect, shareTest } from '../drift/shareTest';
import type { AnswerHour } from './answerHour';
import type { BehaviourSignal, MeanSignal, ShareSignal } from './behaviourSignals';
import type { SilentChangeSettings } from './silentChangeSettings';

export interface TestedHour {
  readonly p: number;
  /** Signed; see `SilentChangeSettings`. */
  readonly effect: number;
}

/** What an hour of one caller says against the reference; undefined where it has too few calls. */
export type SignalTest = (hour: AnswerHour) => TestedHour | undefined;

/** As many regressors as the hours of the reference determine. */
const SEASONS: readonly Season[] = [
  { dailyHarmonics: 4, weekend: true, utcOffsetMs: 0 },
  { dailyHarmonics: 2, weekend: false, utcOffsetMs: 0 },
  { dailyHarmonics: 0, weekend: false, utcOffsetMs: 0 },
];
const WINDOWS_PER_REGRESSOR = 5;
const WEEK_MS = 7 * 86_400_000;

function seasonOf(reference: readonly AnswerHour[]): Season {
  const lengthMs = reference.at(-1)!.timeMs - reference[0]!.timeMs + 3_600_000;
  const known = SEASONS.find((season) => {
    const needed = seasonalRegressors(0, season).length * WINDOWS_PER_REGRESSOR;
    return reference.length >= needed && (!season.weekend || lengthMs >= WEEK_MS);
  });
  return known ?? SEASONS.at(-1)!;
}

/**
 * The test of one signal of one caller: hours are the replicates, so sessions, batches and seasons that make calls hang
 * together make no alarm. Undefined when the reference is too short.
 *
 * @param reference hours of the caller in order of time
 */
export function signalTest(
  signal: BehaviourSignal,
  reference: readonly AnswerHour[],
  settings: SilentChangeSettings,
): SignalTest | undefined {
  return signal.kind === 'mean'
    ? meanTest(signal, reference, settings)
    : shareTestOf(signal, reference, settings);
}

function meanTest(
  { sums }: MeanSignal,
  all: readonly AnswerHour[],
  { leastCalls, leastReferenceHours }: SilentChangeSettings,
): SignalTest | undefined {
  const reference = all.filter((hour) => sums(hour)[0] >= leastCalls);
  if (reference.length < leastReferenceHours) return undefined;
  const [n, sum, squares] = totalOf(reference.map(sums));
  const mean = sum / n;
  const sd = Math.sqrt(Math.max(0, squares / n - mean * mean));
  if (!(sd > 0)) return undefined;
  const season = seasonOf(reference);
  const scored = (hour: AnswerHour) => ({
    n: sums(hour)[0],
    regressors: seasonalRegressors(hour.timeMs, season),
    scores: [(sums(hour)[1] / sums(hour)[0] - mean) / sd],
  });
  const hotelling = hotellingReference(reference.map(scored));
  if (hotelling === undefined) return undefined;
  return (hour) => {
    if (sums(hour)[0] < leastCalls) return undefined;
    const { p, residuals } = hotelling.test(scored(hour));
    return { p, effect: residuals[0]! };
  };
}

function shareTestOf(
  { counts, key }: ShareSignal,
  all: readonly AnswerHour[],
  { leastCalls, leastReferenceHours }: SilentChangeSettings,
): SignalTest | undefined {
  const name = key(all);
  const reference = all.filter((hour) => counts(hour, name).n >= leastCalls);
  if (reference.length < leastReferenceHours) return undefined;
  const season = seasonOf(reference);
  const scored = (hour: AnswerHour) => ({
    ...counts(hour, name),
    regressors: seasonalRegressors(hour.timeMs, season),
  });
  const windows = reference.map(scored);
  const history = {
    reference: {
      count: windows.reduce((sum, { count }) => sum + count, 0),
      n: windows.reduce((sum, window) => sum + window.n, 0),
    },
    windows: () => windows,
  };
  return (hour) => {
    const window = scored(hour);
    if (window.n < leastCalls) return undefined;
    return { p: shareTest(history, window), effect: shareEffect(history.reference, window) };
  };
}

const totalOf = (all: readonly (readonly [number, number, number])[]): [number, number, number] =>
  all.reduce<[number, number, number]>(
    ([n, sum, squares], [m, more, moreSquares]) => [n + m, sum + more, squares + moreSquares],
    [0, 0, 0],
  );
