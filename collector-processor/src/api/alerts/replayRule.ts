/** What an evaluation saw of one instance of a rule. */
export interface Point {
  /** Unix milliseconds. */
  readonly timeMs: number;
  /** Null: the instance had no number, which Grafana takes for normal. */
  readonly value: number | null;
  /** The query had no rows at all: what then is, the rule says. */
  readonly noData: boolean;
}

export interface RuleCondition {
  readonly type: 'gt' | 'lt';
  readonly threshold: number;
  /** How long the condition must hold before the alert fires, milliseconds. */
  readonly forMs: number;
  /** How long the alert goes on after the condition held last, milliseconds. */
  readonly keepMs: number;
  /** What an evaluation without rows is. */
  readonly noData: 'firing' | 'ok' | 'keep';
}

/** A time in which an alert would have fired. */
export interface Firing {
  readonly fromMs: number;
  /** When it stopped; the end of the replay where it had not. */
  readonly toMs: number;
  readonly open: boolean;
  /** The value furthest beyond the threshold; null: it fired without data. */
  readonly worst: number | null;
}

const beyond = (value: number, { type, threshold }: RuleCondition): number =>
  type === 'gt' ? value - threshold : threshold - value;

/** What is known of an alert between two evaluations. */
class AlertState {
  readonly firings: Firing[] = [];
  private pendingMs: number | undefined;
  private fromMs: number | undefined;
  private heldMs = 0;
  private worst: number | null = null;

  private readonly condition: RuleCondition;

  constructor(condition: RuleCondition) {
    this.condition = condition;
  }

  hold(timeMs: number, value: number | null): void {
    this.pendingMs ??= timeMs;
    this.heldMs = timeMs;
    if (timeMs - this.pendingMs >= this.condition.forMs) this.fromMs ??= timeMs;
    if (value === null) return;
    const further =
      this.worst === null || beyond(value, this.condition) > beyond(this.worst, this.condition);
    if (further) this.worst = value;
  }

  release(timeMs: number): void {
    if (this.fromMs === undefined || timeMs - this.heldMs >= this.condition.keepMs) {
      this.end(timeMs, false);
    }
  }

  end(toMs: number, open: boolean): void {
    const { fromMs, worst } = this;
    if (fromMs !== undefined) this.firings.push({ fromMs, toMs, open, worst });
    [this.pendingMs, this.fromMs, this.worst] = [undefined, undefined, null];
  }
}

/**
 * Evaluates a rule over stored history as Grafana's scheduler does: pending at the first evaluation at which the condition
 * holds, firing at the first at least `forMs` later if it held at all between, normal at the first at which it has not held
 * for `keepMs`. Points must be in order of time.
 */
export function replayRule(points: readonly Point[], condition: RuleCondition): Firing[] {
  const alert = new AlertState(condition);
  let held = false;
  for (const { timeMs, value, noData } of points) {
    if (noData) held = condition.noData === 'keep' ? held : condition.noData === 'firing';
    else held = value !== null && beyond(value, condition) > 0;
    if (held) alert.hold(timeMs, value);
    else alert.release(timeMs);
  }
  alert.end(points.at(-1)?.timeMs ?? 0, true);
  return alert.firings;
}
