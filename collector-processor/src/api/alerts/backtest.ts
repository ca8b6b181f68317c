import { type RuleInput, ruleThreshold, type RuleTemplate } from '@plumbline/schemas/rules';
import { poissonInterval } from '../../stats/poissonRate';
import type { Reading } from '../readRows';
import type { Ticks } from './atTicks';
import { type Labels, readEvaluations } from './evaluations';
import { type Firing, replayRule, type RuleCondition } from './replayRule';

export interface BacktestRequest {
  readonly template: RuleTemplate;
  readonly input: RuleInput;
  readonly forMs: number;
  readonly keepMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface BacktestFiring extends Firing {
  readonly labels: Labels;
}

export interface Backtest {
  readonly ticks: Ticks;
  readonly evaluations: number;
  readonly complete: boolean;
  readonly instances: number;
  readonly truncated: boolean;
  readonly emptyEvaluations: number;
  /** In order of time. */
  readonly firings: readonly BacktestFiring[];
  readonly perWeek: { readonly expected: number; readonly low: number; readonly high: number };
}

const WEEK_MS = 7 * 86_400_000;
/** Evaluations of one backtest; a longer range is evaluated less often. */
const MOST_EVALUATIONS = 1000;
/** How long one backtest may keep the store busy; below the time limit of an answer. */
const BUDGET_MS = 10_000;

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration such as `5m` or `1h30m`; undefined: it is none. */
export function durationMs(text: string): number | undefined {
  if (!/^(?:\d+[smhd])+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNITS[unit!]!,
    0,
  );
}

/** Evaluations at multiples of the step, as Grafana's scheduler has them at multiples of the interval. */
function ticksOf({ template, fromMs, toMs }: BacktestRequest): Ticks {
  const everyMs = template.everySeconds * 1000;
  const stepMs =
    everyMs * Math.max(1, Math.ceil((toMs - fromMs) / everyMs / (MOST_EVALUATIONS - 1)));
  const first = Math.ceil(fromMs / stepMs) * stepMs;
  return { fromMs: first, toMs: Math.max(first, toMs), stepMs };
}

const NO_DATA: Readonly<Record<RuleTemplate['noData']['state'], 'ok' | 'keep' | 'firing'>> = {
  OK: 'ok',
  KeepLast: 'keep',
  Alerting: 'firing',
  NoData: 'firing',
};

/** Replays a rule over what is stored: when it would have fired, and how often in a week. Rejects when the store does. */
export async function runBacktest(
  request: BacktestRequest,
  context: Reading,
  clock: () => number,
): Promise<Backtest> {
  const { template, input, forMs, keepMs } = request;
  const deadlineMs = clock() + BUDGET_MS;
  const ticks = ticksOf(request);
  const limits = { clock, deadlineMs };
  const seen = await readEvaluations({ template, input }, ticks, context, limits);
  const noData = NO_DATA[template.noData.state];
  const { type, value: threshold } = ruleThreshold(template, input);
  const condition: RuleCondition = { type, threshold, forMs, keepMs, noData };
  const replay = (labels: Labels, points: Parameters<typeof replayRule>[0], as: RuleCondition) =>
    replayRule(points, as).map((firing): BacktestFiring => ({ ...firing, labels }));
  // A rule that fires without data has one alert for that, not one for each instance.
  const own: RuleCondition = noData === 'firing' ? { ...condition, noData: 'ok' } : condition;
  const firings = seen.instances.flatMap(({ labels, points }) => replay(labels, points, own));
  if (noData === 'firing') firings.push(...silence(seen.ticks, condition));
  firings.sort((a, b) => a.fromMs - b.fromMs);
  const weeks = Math.max(ticks.stepMs, seen.toMs - ticks.fromMs) / WEEK_MS;
  const { low, high } = poissonInterval(firings.length);
  return {
    ticks,
    evaluations: seen.count,
    complete: seen.toMs + ticks.stepMs > ticks.toMs,
    instances: seen.instances.length,
    truncated: seen.truncated,
    emptyEvaluations: seen.empty,
    firings,
    perWeek: { expected: firings.length / weeks, low: low / weeks, high: high / weeks },
  };
}

/** The alert that a rule has of its own for evaluations without rows. */
const silence = (
  ticks: readonly { readonly timeMs: number; readonly noData: boolean }[],
  condition: RuleCondition,
): BacktestFiring[] =>
  replayRule(
    ticks.map(({ timeMs, noData }) => ({ timeMs, value: null, noData })),
    condition,
  ).map((firing) => ({ ...firing, labels: {} }));
