import {
  type RuleInput,
  ruleQuery,
  ruleRangeSeconds,
  type RuleTemplate,
} from '@plumbline/schemas/rules';
import { readRows, type Reading } from '../readRows';
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

export interface Ticks {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

/** Evaluations that one statement does: enough that its overhead is shared, few enough that it ends soon. */
const PER_STATEMENT = 20;
const MOST_INSTANCES = 1000;

const seconds = (ms: number): string => `toDateTime(${Math.floor(ms / 1000)})`;

/** A rule's query as the data source would send it at one moment. Texts in it have no `$`: they are quoted so. */
export const atMoment = (sql: string, rangeSeconds: number, timeMs: number): string =>
  sql
    .replace(
      /\$__timeFilter\((\w+)\)/g,
      (_, column: string) =>
        `${column} >= ${seconds(timeMs - rangeSeconds * 1000)} AND ${column} <= ${seconds(timeMs)}`,
    )
    .replaceAll('$__fromTime', () => seconds(timeMs - rangeSeconds * 1000))
    .replaceAll('$__toTime', () => seconds(timeMs));

const ticksOf = ({ fromMs, toMs, stepMs }: Ticks): number[] =>
  Array.from(
    { length: Math.floor((toMs - fromMs) / stepMs) + 1 },
    (_, tick) => fromMs + tick * stepMs,
  );

type Row = Labels & { readonly at: number; readonly value: number | null };

/** Rows of the evaluations at `ticks`; the columns of the labels are all that is neither `at` nor `value`. */
const evaluate = (
  template: RuleTemplate,
  input: RuleInput,
  ticks: readonly number[],
  context: Reading,
): Promise<Row[]> => {
  const sql = ruleQuery(template, input);
  const range = ruleRangeSeconds(template, input);
  const parts = ticks.map(
    (tick) => `SELECT ${tick} AS at, * FROM (\n${atMoment(sql, range, tick)}\n)`,
  );
  return readRows<Row>(context, parts.join('\nUNION ALL\n'));
};

/** The points of each instance at every tick: one that is missing at a tick has no number there. */
function assemble(
  rows: readonly Row[],
  ticks: readonly number[],
): Omit<Evaluations, 'toMs' | 'count'> {
  const places = new Map(ticks.map((tick, place) => [tick, place]));
  const some = new Set(rows.map(({ at }) => at));
  const found = new Map<string, { labels: Labels; values: (number | null)[] }>();
  let truncated = false;
  for (const { at, value, ...labels } of rows) {
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

/** What the rule would have seen at each tick; ends early, and says so, when `deadlineMs` is over. */
export async function readEvaluations(
  rule: { readonly template: RuleTemplate; readonly input: RuleInput },
  asked: Ticks,
  context: Reading,
  { deadlineMs, clock }: { readonly deadlineMs: number; readonly clock: () => number },
): Promise<Evaluations> {
  const ticks = ticksOf(asked);
  const rows: Row[] = [];
  let done = 0;
  while (done < ticks.length && (done === 0 || clock() < deadlineMs)) {
    const batch = ticks.slice(done, done + PER_STATEMENT);
    rows.push(...(await evaluate(rule.template, rule.input, batch, context)));
    done += batch.length;
  }
  const evaluated = ticks.slice(0, done);
  return { ...assemble(rows, evaluated), toMs: evaluated.at(-1)!, count: done };
}
