import {
  type RuleInput,
  ruleQuery,
  ruleRangeSeconds,
  type RuleTemplate,
} from '@plumbline/schemas/rules';
import { readRows, type Reading } from '../readRows';
import { atTicks, type Ticks } from './atTicks';
import type { Point } from './replayRule';

/** What makes an instance: the labels of its row. */
export type Labels = Readonly<Record<string, string>>;

export interface Instance {
  readonly labels: Labels;
  readonly points: readonly Point[];
}

export interface Evaluations {
  readonly instances: readonly Instance[];
  /** Every evaluation, and whether it had no rows. */
  readonly ticks: readonly { readonly timeMs: number; readonly noData: boolean }[];
  /** Evaluations that had no rows at all. */
  readonly empty: number;
  /** Up to where history was evaluated; before the end where time ran out, Unix milliseconds. */
  readonly toMs: number;
  readonly count: number;
  /** Whether there were more instances than are kept. */
  readonly truncated: boolean;
}

interface Rule {
  readonly template: RuleTemplate;
  readonly input: RuleInput;
}

const MOST_INSTANCES = 1000;

const ticksOf = ({ fromMs, toMs, stepMs }: Ticks): number[] =>
  Array.from(
    { length: Math.floor((toMs - fromMs) / stepMs) + 1 },
    (_, tick) => fromMs + tick * stepMs,
  );

interface Row {
  readonly labels: Labels;
  readonly at: number;
  readonly value: number | null;
}

/** Rows of the evaluations at `ticks`; every column but the number is a label. */
async function evaluate(
  { template, input: { values, scope } }: Rule,
  ticks: Ticks,
  context: Reading,
): Promise<Row[]> {
  const { tenant } = context.caller;
  const { tenant: _own, ...asked } = scope;
  const input = { values, scope: asked };
  const range = ruleRangeSeconds(template, input);
  const sql = atTicks(ruleQuery(template, input), range, { ...ticks, tenant });
  const rows = await readRows<{ readonly tenant: string; readonly value: number | null }>(
    context,
    sql,
  );
  return rows.map(({ tenant: tick, value, ...labels }) => ({
    ...{ at: Number(tick) * 1000, value },
    labels: { tenant, ...labels },
  }));
}

/** The points of each instance at every tick: one that is missing at a tick has no number there. */
function assemble(
  rows: readonly Row[],
  ticks: readonly number[],
): Omit<Evaluations, 'toMs' | 'count'> {
  const places = new Map(ticks.map((tick, place) => [tick, place]));
  const some = new Set(rows.map(({ at }) => at));
  const found = new Map<string, { labels: Labels; values: (number | null)[] }>();
  let truncated = false;
  for (const { at, value, labels } of rows) {
    const key = JSON.stringify(labels);
    let instance = found.get(key);
    if (instance === undefined) {
      if (found.size >= MOST_INSTANCES) {
        truncated = true;
        continue;
      }
      instance = { labels, values: ticks.map(() => null) };
      found.set(key, instance);
    }
    instance.values[places.get(at)!] = value;
  }
  const toPoint = (value: number | null, place: number): Point => {
    const timeMs = ticks[place]!;
    return { timeMs, value, noData: !some.has(timeMs) };
  };
  return {
    instances: [...found.values()].map(({ labels, values }) => ({
      labels,
      points: values.map(toPoint),
    })),
    ticks: ticks.map((timeMs) => ({ timeMs, noData: !some.has(timeMs) })),
    empty: ticks.length - some.size,
    truncated,
  };
}

/** Evaluations that the first statement does, and how many the others may. */
const FIRST = 20;
const MOST = 1000;
/** A statement that took less than this is followed by one of twice as many evaluations, one that took four times as long by half. */
const QUICK_MS = 500;

/** What the rule would have seen at each tick; ends early, and says so, when `deadlineMs` is over. */
export async function readEvaluations(
  rule: Rule,
  asked: Ticks,
  context: Reading,
  { deadlineMs, clock }: { readonly deadlineMs: number; readonly clock: () => number },
): Promise<Evaluations> {
  const ticks = ticksOf(asked);
  const rows: Row[] = [];
  let done = 0;
  let size = FIRST;
  while (done < ticks.length && (done === 0 || clock() < deadlineMs)) {
    const batch = ticks.slice(done, done + size);
    const began = clock();
    const range = { fromMs: batch[0]!, toMs: batch.at(-1)!, stepMs: asked.stepMs };
    rows.push(...(await evaluate(rule, range, context)));
    done += batch.length;
    const took = clock() - began;
    if (took < QUICK_MS) size = Math.min(MOST, 2 * size);
    else if (took > 4 * QUICK_MS) size = Math.max(1, Math.floor(size / 2));
  }
  const evaluated = ticks.slice(0, done);
  return { ...assemble(rows, evaluated), toMs: evaluated.at(-1)!, count: done };
}
