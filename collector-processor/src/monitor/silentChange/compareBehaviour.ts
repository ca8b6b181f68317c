import type { AnswerHour, MomentSums } from './answerHour';
import { BEHAVIOUR_SIGNALS, type BehaviourSignal } from './behaviourSignals';
import type { SilentChangeSettings } from './silentChangeSettings';

/** What a signal was and is: means, geometric where it is logarithmic, or shares. */
export interface Compared {
  readonly signal: string;
  readonly before: number;
  readonly after: number;
  readonly n: number;
  readonly referenceN: number;
  /** `output length 421 → 283 tokens`. */
  readonly text: string;
}

const FEW = 1;
/** What is told beside a name must not be noise. */
const STANDARD_ERRORS = 4;

/** The signals that are different in `after`, by more than the smallest effects that are told. */
export function compareBehaviour(
  before: readonly AnswerHour[],
  after: readonly AnswerHour[],
  settings: SilentChangeSettings,
): Compared[] {
  return BEHAVIOUR_SIGNALS.flatMap((signal) => {
    const compared = compareSignal(signal, before, after);
    if (compared === undefined) return [];
    const floor = signal.kind === 'mean' ? settings.effectFloor : settings.shareFloor;
    const { n, referenceN } = compared.told;
    const sure = Math.abs(compared.effect) >= STANDARD_ERRORS * Math.sqrt(1 / n + 1 / referenceN);
    return sure && Math.abs(compared.effect) >= floor ? [compared.told] : [];
  });
}

/** One signal before and after, however little it changed; undefined where one side tells nothing. */
export function compareSignal(
  signal: BehaviourSignal,
  before: readonly AnswerHour[],
  after: readonly AnswerHour[],
): { readonly told: Compared; readonly effect: number } | undefined {
  if (signal.kind === 'share') {
    const key = signal.key(before);
    const [from, to] = [before, after].map((hours) => {
      const counts = hours.map((hour) => signal.counts(hour, key));
      return { count: sumOf(counts.map(({ count }) => count)), n: sumOf(counts.map(({ n }) => n)) };
    }) as [{ count: number; n: number }, { count: number; n: number }];
    if (from.n < FEW || to.n < FEW) return undefined;
    const [p, q] = [from.count / from.n, to.count / to.n];
    const label = key === '' ? signal.label : `${signal.label} ${key}`;
    const text = `${label} ${percent(p)} → ${percent(q)}`;
    const effect = 2 * Math.asin(Math.sqrt(q)) - 2 * Math.asin(Math.sqrt(p));
    const told = { signal: signal.name, before: p, after: q, n: to.n, referenceN: from.n, text };
    return { told, effect };
  }
  const [from, to] = [before, after].map((hours) => totalOf(hours.map(signal.sums))) as [
    MomentSums,
    MomentSums,
  ];
  if (from[0] < FEW || to[0] < FEW) return undefined;
  const mean = from[1] / from[0];
  const sd = Math.sqrt(Math.max(0, from[2] / from[0] - mean * mean));
  const value = (sums: MomentSums): number =>
    signal.logarithmic ? Math.exp(sums[1] / sums[0]) : sums[1] / sums[0];
  const text =
    `${signal.label} ${short(value(from))} → ${short(value(to))} ${signal.unit}`.trimEnd();
  const told = {
    ...{ signal: signal.name, before: value(from), after: value(to) },
    ...{ n: to[0], referenceN: from[0], text },
  };
  return { told, effect: sd > 0 ? (to[1] / to[0] - mean) / sd : 0 };
}

const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const totalOf = (all: readonly MomentSums[]): MomentSums => [
  sumOf(all.map(([n]) => n)),
  sumOf(all.map(([, sum]) => sum)),
  sumOf(all.map(([, , squares]) => squares)),
];
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
const short = (value: number): string =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : value.toPrecision(3);
