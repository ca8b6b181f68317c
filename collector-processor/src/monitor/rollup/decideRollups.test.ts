import { describe, expect, test } from '@jest/globals';
import { decideRollups, MAX_DEPTH, type TraceRow } from './decideRollups';

const row = (spanId: string, parentSpanId: string, fields: Partial<TraceRow> = {}): TraceRow => ({
  inferenceId: `trace:${spanId}:0`,
  spanId,
  parentSpanId,
  container: false,
  details: false,
  model: 'gpt-4o',
  responseId: '',
  timeMs: 0,
  inputTokens: null,
  outputTokens: null,
  rollup: false,
  ...fields,
});
const container = (spanId: string, parentSpanId: string, fields: Partial<TraceRow> = {}) =>
  row(spanId, parentSpanId, { container: true, rollup: true, ...fields });
const usage = (inputTokens: number, outputTokens: number) => ({ inputTokens, outputTokens });

/** The span ids that count after the changes. */
function counted(rows: readonly TraceRow[], parents: Record<string, string> = {}): string[] {
  const changes = new Map(
    decideRollups(rows, new Map(Object.entries(parents))).map((change) => [
      change.inferenceId,
      change.rollup,
    ]),
  );
  return rows
    .filter(({ inferenceId, rollup }) => !(changes.get(inferenceId) ?? rollup))
    .map(({ spanId }) => spanId);
}

/** A call that a log record tells beside its span. */
const details = (spanId: string, fields: Partial<TraceRow> = {}) =>
  container(spanId, '', { inferenceId: `trace:${spanId}:details`, details: true, ...fields });

describe('details of a call in a log record', () => {
  const ids = (rows: readonly TraceRow[]): string[] =>
    decideRollups(rows, new Map()).map(({ inferenceId }) => inferenceId);

  test('count where no span tells the call', () => {
    expect(ids([details('call')])).toEqual(['trace:call:details']);
    expect(ids([details('call'), row('other', '')])).toEqual(['trace:call:details']);
  });

  test('give way to the span, whichever comes first', () => {
    expect(ids([details('call'), row('call', '')])).toEqual([]);
    expect(ids([row('call', ''), details('call', { rollup: false })])).toEqual([
      'trace:call:details',
    ]);
  });

  test('give way to calls below their span, and to a container that counts', () => {
    expect(ids([details('agent'), row('call', 'agent'), container('agent', '')])).toEqual([]);
    expect(ids([details('agent'), container('agent', '')])).toEqual(['trace:agent:0']);
  });
});

describe('containers', () => {
  test('the outer span of the Vercel AI SDK does not count beside its calls, with equal or summed usage', () => {
    const rows = [
      container('outer', 'http', usage(30, 12)),
      row('step1', 'outer', usage(10, 4)),
      row('step2', 'outer', usage(20, 8)),
    ];
    expect(decideRollups(rows, new Map())).toEqual([]);
    expect(counted(rows)).toEqual(['step1', 'step2']);
  });

  test('an agent with tools: calls below spans that are no model calls', () => {
    const rows = [container('agent', ''), row('plan', 'agent'), row('summary', 'http')];
    const parents = { http: 'tool', tool: 'agent' };
    expect(counted(rows, parents)).toEqual(['plan', 'summary']);
  });

  test('a container that holds no call is the call; of nested ones the innermost', () => {
    const rows = [
      container('workflow', ''),
      container('agent', 'between'),
      container('other', 'workflow'),
    ];
    expect(counted(rows, { between: 'workflow' })).toEqual(['agent', 'other']);
  });

  test('a container that counted steps back when a call inside it arrives', () => {
    const rows = [container('agent', '', { rollup: false }), row('call', 'agent')];
    expect(decideRollups(rows, new Map())).toEqual([
      { inferenceId: 'trace:agent:0', rollup: true },
    ]);
  });

  test('predictions told by events of the container span itself are inside it', () => {
    const rows = [
      container('agent', ''),
      row('agent', '', { inferenceId: 'trace:agent:1' }),
      row('agent', '', { inferenceId: 'trace:agent:2' }),
    ];
    expect(decideRollups(rows, new Map())).toEqual([]);
  });

  test('without the spans between them a call is not inside', () => {
    const rows = [container('agent', ''), row('call', 'gone')];
    expect(counted(rows)).toEqual(['agent', 'call']);
  });
});

describe('one call told twice', () => {
  test('of spans with one response id the innermost counts', () => {
    const rows = [
      row('outer', '', { responseId: 'r1' }),
      row('inner', 'outer', { responseId: 'r1' }),
      row('else', 'outer', { responseId: 'r2' }),
    ];
    expect(counted(rows)).toEqual(['inner', 'else']);
  });

  test('siblings with one response id: later start, then span id', () => {
    const early = row('b', 'root', { responseId: 'r1', timeMs: 1 });
    const late = row('a', 'root', { responseId: 'r1', timeMs: 2 });
    expect(counted([early, late])).toEqual(['a']);
    expect(counted([late, early])).toEqual(['a']);
    expect(counted([{ ...early, timeMs: 2 }, late])).toEqual(['b']);
  });

  test('parent and child with equal model and tokens: the child counts, through other spans too', () => {
    const rows = [
      row('outermost', '', usage(10, 5)),
      row('outer', 'outermost', usage(10, 5)),
      row('inner', 'http', usage(10, 5)),
    ];
    expect(counted(rows, { http: 'outer' })).toEqual(['inner']);
  });

  test('another model, other tokens or untold tokens are other calls', () => {
    expect(
      counted([row('a', '', usage(10, 5)), row('b', 'a', { ...usage(10, 5), model: 'o3' })]),
    ).toEqual(['a', 'b']);
    expect(counted([row('a', '', usage(10, 5)), row('b', 'a', usage(10, 6))])).toEqual(['a', 'b']);
    expect(counted([row('a', ''), row('b', 'a')])).toEqual(['a', 'b']);
  });

  test('siblings with equal tokens are two calls', () => {
    expect(counted([row('a', 'root', usage(10, 5)), row('b', 'root', usage(10, 5))])).toEqual([
      'a',
      'b',
    ]);
  });

  test('many predictions of one span stay, whatever they share', () => {
    const rows = Array.from({ length: 50 }, (_, index) =>
      row('batch', '', {
        inferenceId: `trace:batch:${index}`,
        responseId: 'r1',
        ...usage(1, 1),
      }),
    );
    expect(decideRollups(rows, new Map())).toEqual([]);
  });
});

describe('the decision', () => {
  test('does not depend on the order of rows or on the bits as they are', () => {
    const rows = [
      container('agent', ''),
      row('chat', 'agent', { responseId: 'r1', ...usage(7, 3) }),
      row('again', 'chat', { responseId: 'r1', ...usage(7, 3) }),
      container('lonely', 'agent'),
    ];
    const expected = ['again', 'lonely'];
    expect(counted(rows).toSorted()).toEqual(expected);
    expect(counted(rows.toReversed()).toSorted()).toEqual(expected);
    const flipped = rows.map((one) => ({ ...one, rollup: !one.rollup }));
    expect(counted(flipped).toSorted()).toEqual(expected);
  });

  test('ends on parents that point in a circle and on chains without end', () => {
    expect(counted([row('a', 'b', usage(1, 1)), row('b', 'a', usage(1, 1))])).toEqual(['b']);
    const chain = Object.fromEntries(
      Array.from({ length: MAX_DEPTH * 2 }, (_, index) => [`s${index}`, `s${index + 1}`]),
    );
    expect(counted([row('call', 's0'), container('s100', '')], chain)).toEqual(['call', 's100']);
  });
});
