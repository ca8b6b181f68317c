import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../../stats/random';
import type { Alias, AnswerHour, MomentSums } from './answerHour';
import { findChanges, type KnownChange } from './findChanges';
import { SILENT_CHANGE_DEFAULTS } from './silentChangeSettings';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 20, 12);
const ALIAS: Alias = {
  ...{ tenant: 'default', environment: 'prod' },
  ...{ provider: 'openai', model: 'gpt' },
};

interface Answers {
  readonly service?: string;
  readonly name?: string;
  readonly fingerprint?: string;
  readonly tokens?: number;
  readonly refused?: number;
}

/** `calls` in each hour of some days up to now. */
function hoursOf(
  days: number,
  answer: (timeMs: number) => Answers,
  { seed = 1, calls = 40 } = {},
): AnswerHour[] {
  const random = createRandom(seed);
  const sums = (mean: number, sd: number): MomentSums => {
    const values = Array.from({ length: calls }, () => mean + sd * random.normal());
    return [calls, values.reduce((a, b) => a + b, 0), values.reduce((a, b) => a + b * b, 0)];
  };
  return Array.from({ length: days * 24 }, (_, index): AnswerHour => {
    const timeMs = NOW - days * DAY + index * HOUR;
    const told = answer(timeMs);
    const { service = 'desk', name = 'm-1', fingerprint, tokens = 400, refused = 0.02 } = told;
    const refusals = Array.from({ length: calls }, () => random.uniform() < refused);
    return {
      ...{ timeMs, service, calls },
      models: { [name]: calls },
      firstMs: { [name]: timeMs + 60_000 },
      fingerprints: fingerprint === undefined ? {} : { [fingerprint]: calls },
      reasons: { stop: calls - 2, length: 2 },
      refusalsTold: calls,
      refusals: refusals.filter(Boolean).length,
      length: sums(Math.log(tokens), 0.6),
      density: sums(0.25, 0.03),
      firstChunk: sums(Math.log(800), 0.35),
    };
  });
}

const find = (hours: readonly AnswerHour[], known: readonly KnownChange[] = [], days = 2) =>
  findChanges(
    { alias: ALIAS, hours: [...hours].sort((a, b) => a.timeMs - b.timeMs), known },
    { fromMs: NOW - days * DAY, toMs: NOW },
    SILENT_CHANGE_DEFAULTS,
  );

describe('names', () => {
  const changedMs = NOW - 9 * HOUR;
  const renamed = hoursOf(4, (at) => (at < changedMs ? {} : { name: 'm-2', tokens: 250 }));

  test('a new answering model is told with its time, its share and what became different', () => {
    const [change, ...more] = find(renamed);
    expect(more).toEqual([]);
    expect(change).toMatchObject({
      signal: 'answering_model',
      after: 'm-2',
      sinceMs: changedMs + 60_000,
      evidence: { before: 'm-1', count: 320, n: 320, found_at: '2026-11-20T05:00:00.000Z' },
    });
    expect(change!.text).toMatch(/: 320 of 320 calls; output length \d+ → 2\d\d tokens$/);
  });

  test('what is known is not told again', () => {
    const known = [{ signal: 'answering_model', sinceMs: changedMs + 60_000 }];
    expect(find(renamed, known)).toEqual([]);
  });

  test('one that is seen in one hour only, and one with few calls, are not believed', () => {
    const once = hoursOf(4, (at) => (at === changedMs ? { name: 'm-2' } : {}));
    expect(find(once)).toEqual([]);
    const rare = hoursOf(4, () => ({})).map((hour) =>
      hour.timeMs < changedMs ? hour : { ...hour, models: { 'm-1': 39, 'm-2': 1 } },
    );
    expect(find(rare)).toEqual([]);
  });

  test('an alias that is always answered by another one has no news', () => {
    const routed = hoursOf(5, (at) => ({ name: `m-${Math.floor(at / (7 * HOUR))}` }));
    expect(find(routed)).toEqual([]);
    const prints = hoursOf(7, (at) => ({ fingerprint: `fp_${Math.floor(at / (20 * HOUR))}` }));
    expect(find(prints)).toEqual([]);
  });

  test('a fingerprint that stayed for days and is replaced is told', () => {
    const hours = hoursOf(6, (at) => ({ fingerprint: at < changedMs ? 'fp_a' : 'fp_b' }));
    expect(find(hours).map(({ signal, after }) => [signal, after])).toEqual([
      ['system_fingerprint', 'fp_b'],
    ]);
  });
});

describe('behaviour', () => {
  const changedMs = NOW - 10 * HOUR;

  test('shorter answers of all callers are told, of one of them not', () => {
    const short = (at: number): number => (at < changedMs ? 400 : 260);
    const all = ['desk', 'shop'].flatMap((service, seed) =>
      hoursOf(8, (at) => ({ service, tokens: short(at) }), { seed: seed + 5 }),
    );
    const [change, ...more] = find(all);
    expect(more).toEqual([]);
    expect(change).toMatchObject({ signal: 'output_length', after: '' });
    expect(Math.abs(change!.sinceMs - changedMs)).toBeLessThanOrEqual(HOUR);
    expect(change!.text).toMatch(/output length \d+ → 2\d\d tokens/);
    const one = ['desk', 'shop'].flatMap((service, seed) =>
      hoursOf(8, (at) => ({ service, tokens: service === 'desk' ? short(at) : 400 }), { seed }),
    );
    expect(find(one)).toEqual([]);
  });

  test('refusals that rise are told', () => {
    const hours = hoursOf(8, (at) => ({ refused: at < changedMs ? 0.02 : 0.3 }));
    expect(find(hours).map(({ signal }) => signal)).toEqual(['refusal_rate']);
  });

  test('a short reference decides nothing', () => {
    expect(find(hoursOf(2, (at) => ({ tokens: at < changedMs ? 400 : 200 })))).toEqual([]);
  });

  test('quiet aliases make no events: a week of twenty of them, with a season', () => {
    const events = Array.from({ length: 20 }, (_, seed) => {
      const season = (at: number): number => 400 * (1 + 0.3 * Math.sin((2 * Math.PI * at) / DAY));
      return find(
        hoursOf(15, (at) => ({ tokens: season(at) }), { seed: seed + 1 }),
        [],
        7,
      );
    }).flat();
    // A false event a year and alias is allowed: 0.4 in these 20 weeks.
    expect(events.length).toBeLessThanOrEqual(2);
  });
});
