import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  RULE_TEMPLATES,
  ruleQuery,
  ruleRangeSeconds,
  type RuleTemplate,
} from '@plumbline/schemas/rules';
import { readEvaluations } from '../../collector-processor/src/api/alerts/evaluations';
import type { Reading } from '../../collector-processor/src/api/readRows';
import { DRIFT_BINS, insertDriftStream } from '../support/insertDriftStream';
import { insertFeatureWindows } from '../support/insertFeatureWindows';
import { plantRuleRows, slowCalls } from '../support/plantRuleRows';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const MINUTE = 60_000;
const STEP = 7 * MINUTE;
const EVALUATIONS = 4;
const now = Date.now();
const toMs = Math.floor(now / MINUTE) * MINUTE;
const fromMs = toMs - (EVALUATIONS - 1) * STEP;
let store: WindowStore;
beforeAll(async () => {
  store = await startWindowStore();
  await plantRuleRows(store, now);
  const text = (ms: number) => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
  const found = { tenant: 'default', environment: 'prod', version: '1', segment: '' };
  const hour = text(Math.floor(now / 3_600_000) * 3_600_000 - 3_600_000);
  const drifted = { ...found, model: 'bad', time: hour, window_minutes: 60, status: 'drift' };
  await store.insertRows('ml_drift', [
    { ...drifted, feature: '', page: 1, score: 2, top_feature: 'amount' },
    { ...drifted, feature: 'amount', page: 1, score: 2 },
  ]);
  const begin = Math.floor(now / 3_600_000) * 3_600_000 - 7_200_000;
  const stream = { begin, end: begin + 3_600_000, shiftAt: now, shift: 0 };
  // For its bins.
  await insertDriftStream(store.client, { ...stream, model: 'bad' });
  const time = Math.floor((now - 40 * MINUTE) / MINUTE) * MINUTE;
  const values = Array.from({ length: 100 }, (_, i) => (i % 5) - 2);
  await insertFeatureWindows(store.client, DRIFT_BINS, [
    { model: 'bad', feature: 'income', time, values, missing: 100 },
  ]);
}, 120_000);
afterAll(async () => {
  await store.stop();
});

type Row = Readonly<Record<string, string | number | null>>;
const inOrder = (rows: readonly Row[]) =>
  rows
    // The forecast of a month changes with each second.
    .map((row) => ({ ...row, value: Number(row.value).toPrecision(3) }))
    .map((row) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .toSorted();

const MODELS = RULE_TEMPLATES.filter(({ scope }) => scope.includes('tenant'));
const scope = { tenant: ['default'] };
const seconds = (ms: number): string => `toDateTime(${Math.floor(ms / 1000)})`;

/** What all evaluations in one statement saw, and what each sees by itself. */
async function bothWays(template: RuleTemplate) {
  const rule = { template, input: { values: {}, scope } };
  const context = { store: store.client, caller: { tenant: 'default' } as Reading['caller'] };
  const limits = { deadlineMs: Infinity, clock: Date.now };
  const seen = await readEvaluations(rule, { fromMs, toMs, stepMs: STEP }, context, limits);
  const together = seen.instances.flatMap(({ labels, points }) =>
    points.map(({ value, timeMs }): Row => ({ ...labels, value, at: timeMs })),
  );
  const range = ruleRangeSeconds(template, rule.input) * 1000;
  const alone: Row[] = [];
  for (let at = fromMs; at <= toMs; at += STEP) {
    const sql = ruleQuery(template, rule.input)
      .replace(
        /\$__timeFilter\((\w+)\)/g,
        (_all, column: string) =>
          `${column} >= ${seconds(at - range)} AND ${column} <= ${seconds(at)}`,
      )
      .replaceAll('$__toTime', seconds(at));
    alone.push(...(await store.read<Row>(sql)).map((row) => ({ ...row, at })));
  }
  const silent = EVALUATIONS - new Set(alone.map(({ at }) => at)).size;
  return { seen, together: together.filter(known), alone: alone.filter(known), silent };
}

const known = ({ value }: Row): boolean => value !== null && !Number.isNaN(value);

describe('all evaluations in one statement see what each would have seen by itself', () => {
  // Rows count as they are only while no minute is stored, which the other rules need: it is the last.
  const last = MODELS.find(({ id }) => id === 'latency')!;
  const all = [...MODELS.filter((one) => one !== last), last];
  test.each(all.map((template) => [template.id, template] as const))('%s', async (_, template) => {
    if (template === last) {
      await store.run('TRUNCATE TABLE ml_traffic_windows');
      const calls = { environment: 'prod', model: 'bad' };
      await store.insert(
        ...slowCalls(calls, now - 300 * MINUTE, 300),
        ...slowCalls(calls, now - 5 * MINUTE, 3000),
      );
    }
    const { seen, together, alone, silent } = await bothWays(template);
    expect(alone.length).toBeGreaterThan(0);
    expect(inOrder(together)).toEqual(inOrder(alone));
    expect(seen).toMatchObject({ count: EVALUATIONS, empty: silent });
  });
});
