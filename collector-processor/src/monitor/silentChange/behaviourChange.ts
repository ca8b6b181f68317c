import { eCusumStep } from '../../stats/eCusum';
import type { AnswerHour } from './answerHour';
import { BEHAVIOUR_SIGNALS, type BehaviourSignal } from './behaviourSignals';
import { signalTest, type SignalTest, type TestedHour } from './signalTest';
import type { SilentChangeSettings } from './silentChangeSettings';

export interface BehaviourChange {
  readonly signal: BehaviourSignal;
  /** Start of the first hour of the evidence, Unix milliseconds. */
  readonly sinceMs: number;
  /** End of the hour with which there was enough of it, Unix milliseconds. */
  readonly foundMs: number;
  readonly p: number;
  /** The smallest of the callers, signed. */
  readonly effect: number;
  readonly callers: readonly string[];
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  /** Hours before it are no reference. */
  readonly afterMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOURS_PER_YEAR = 8_766;
/** No hour may say more: a change must last for two at least. */
const SMALLEST_P = 1e-5;
const MOST_EVIDENCE = 10;

/**
 * The first change of one signal: its e-CUSUM exceeds the hours of `1 / falseEventsPerYear` years, all signals together.
 * All callers must have changed, the largest p-value of theirs counts: what only one of them sees is a change of that caller,
 * not of the model. Each day is compared with the days before it.
 */
export function behaviourChange(
  hours: readonly AnswerHour[],
  signal: BehaviourSignal,
  { fromMs, toMs, afterMs }: Span,
  settings: SilentChangeSettings,
): BehaviourChange | undefined {
  const threshold = (HOURS_PER_YEAR * BEHAVIOUR_SIGNALS.length) / settings.falseEventsPerYear;
  const floor = signal.kind === 'mean' ? settings.effectFloor : settings.shareFloor;
  let evidence = 0;
  let sinceMs = 0;
  for (let day = Math.floor(fromMs / DAY_MS) * DAY_MS; day < toMs; day += DAY_MS) {
    const startMs = Math.max(day - settings.referenceMs, afterMs);
    const reference = hours.filter(({ timeMs }) => timeMs >= startMs && timeMs < day);
    const tests = callerTests(reference, signal, settings);
    if (tests.size === 0) continue;
    for (
      let timeMs = Math.max(day, afterMs);
      timeMs < Math.min(day + DAY_MS, toMs);
      timeMs += HOUR_MS
    ) {
      const told = together(
        hours.filter((hour) => hour.timeMs === timeMs),
        tests,
      );
      if (told === undefined) continue;
      if (evidence <= 1) sinceMs = timeMs;
      evidence = Math.min(
        MOST_EVIDENCE * threshold,
        eCusumStep(evidence, Math.max(told.p, SMALLEST_P)),
      );
      if (evidence >= threshold && Math.abs(told.effect) >= floor) {
        return { signal, sinceMs, foundMs: timeMs + HOUR_MS, ...told, callers: [...tests.keys()] };
      }
    }
  }
  return undefined;
}

/** Tests of the callers that have enough of the calls. */
function callerTests(
  reference: readonly AnswerHour[],
  signal: BehaviourSignal,
  settings: SilentChangeSettings,
): Map<string, SignalTest> {
  const byCaller = new Map<string, AnswerHour[]>();
  let calls = 0;
  for (const hour of reference) {
    byCaller.set(hour.service, [...(byCaller.get(hour.service) ?? []), hour]);
    calls += hour.calls;
  }
  const tests = new Map<string, SignalTest>();
  for (const [service, own] of byCaller) {
    const ownCalls = own.reduce((sum, hour) => sum + hour.calls, 0);
    if (ownCalls < settings.callerShare * calls) continue;
    const test = signalTest(signal, own, settings);
    if (test !== undefined) tests.set(service, test);
  }
  return tests;
}

/** What all callers agree on in an hour; no evidence where they moved apart. */
function together(
  hours: readonly AnswerHour[],
  tests: ReadonlyMap<string, SignalTest>,
): TestedHour | undefined {
  const told = hours.flatMap((hour) => tests.get(hour.service)?.(hour) ?? []);
  const [first] = told;
  if (first === undefined) return undefined;
  const agree = told.every(({ effect }) => Math.sign(effect) === Math.sign(first.effect));
  if (!agree) return { p: 1, effect: 0 };
  const least = told.reduce((a, b) => (Math.abs(b.effect) < Math.abs(a.effect) ? b : a));
  return { p: Math.max(...told.map(({ p }) => p)), effect: least.effect };
}
