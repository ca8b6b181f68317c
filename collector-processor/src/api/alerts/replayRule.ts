/** A value of a series, at the end of the time that it is about; null: nothing was there. */
export interface Point {
  /** Unix milliseconds. */
  readonly timeMs: number;
  readonly value: number | null;
}

export type Comparison = 'above' | 'below' | 'outside' | 'within';

export interface RuleCondition {
  readonly comparison: Comparison;
  /** One number; two, low and high, for `outside` and `within`. */
  readonly thresholds: readonly [number] | readonly [number, number];
  /** How long the condition must hold before the alert fires, milliseconds. */
  readonly forMs: number;
  /** What an evaluation without a value is: as if the condition held, as if not, or as the one before. */
  readonly noData: 'firing' | 'ok' | 'keep';
}

/** A time in which an alert would have fired. */
export interface Firing {
  readonly fromMs: number;
  /** When it stopped; the end of the replay where it had not. */
  readonly toMs: number;
  readonly open: boolean;
  /** The value that was furthest beyond the threshold; null: it fired on missing data. */
  readonly worst: number | null;
}

const distance = (value: number, { comparison, thresholds }: RuleCondition): number => {
  const [low, high = low] = thresholds;
  switch (comparison) {
    case 'above':
      return value - low;
    case 'below':
      return low - value;
    case 'outside':
      return Math.max(low - value, value - high);
    case 'within':
      return Math.min(value - low, high - value);
  }
};

/** Whether Grafana's threshold expression would say so; `within` and `outside` leave the limits out, as it does. */
export const holds = (value: number, condition: RuleCondition): boolean =>
  distance(value, condition) > 0;

/**
 * Evaluates a rule over stored history as Grafana's scheduler does: pending at the first evaluation at which the condition
 * holds, firing at the first at least `forMs` later if it held at all between, normal at the first at which it does not.
 * Points must be in order of time and as far apart as the rule's interval.
 */
export function replayRule(points: readonly Point[], condition: RuleCondition): Firing[] {
  const firings: Firing[] = [];
  let pendingMs: number | undefined;
  let fromMs: number | undefined;
  let worst: number | null = null;
  let last = false;
  const end = (toMs: number, open: boolean): void => {
    if (fromMs !== undefined) firings.push({ fromMs, toMs, open, worst });
    [pendingMs, fromMs, worst] = [undefined, undefined, null];
  };
  for (const { timeMs, value } of points) {
    const missing = condition.noData === 'keep' ? last : condition.noData === 'firing';
    last = value === null ? missing : holds(value, condition);
    if (!last) {
      end(timeMs, false);
      continue;
    }
    pendingMs ??= timeMs;
    if (timeMs - pendingMs >= condition.forMs) fromMs ??= timeMs;
    if (value !== null && (worst === null || distance(value, condition) > distance(worst, condition))) {
      worst = value;
    }
  }
  end(points.at(-1)?.timeMs ?? 0, true);
  return firings;
}
