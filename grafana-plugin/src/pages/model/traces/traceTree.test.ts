/** @jest-environment node */
import { lengthOf, spanOf, traceTree } from './traceTree';

const span = (id: string, parent: string, offset: number, duration = 1) =>
  spanOf({ span_id: id, parent_id: parent, offset_ms: offset, duration_ms: String(duration) });
const shape = (spans: readonly ReturnType<typeof span>[]) =>
  traceTree(spans).map(({ id, depth }) => [id, depth]);

describe('the spans of a trace', () => {
  it('stand below their parents, in the order in which they started', () => {
    const spans = [span('c', 'b', 3), span('a', '', 0), span('d', 'a', 1), span('b', 'a', 2)];
    expect(shape(spans)).toEqual([
      ['a', 0],
      ['d', 1],
      ['b', 1],
      ['c', 2],
    ]);
  });

  it('are all there, also without a parent, as their own one, or in a circle', () => {
    expect(
      shape([span('a', 'gone', 1), span('b', 'b', 0), span('x', 'y', 2), span('y', 'x', 3)]),
    ).toEqual([
      ['b', 0],
      ['a', 0],
      ['x', 0],
      ['y', 1],
    ]);
  });

  it('may be a chain of any length', () => {
    const chain = Array.from({ length: 1000 }, (_, n) =>
      span(`s${n}`, n === 0 ? '' : `s${n - 1}`, n),
    );
    expect(shape(chain).at(-1)).toEqual(['s999', 999]);
  });

  it('tell how long the trace took, and what was sent with them', () => {
    expect(lengthOf([span('a', '', 0, 5), span('b', 'a', 4, 8)])).toBe(12);
    expect(lengthOf([])).toBe(0);
    expect(spanOf({ status: 'Error', attributes: '{"b":"2","a":"1"}' })).toMatchObject({
      failed: true,
      attributes: [
        ['a', '1'],
        ['b', '2'],
      ],
    });
  });
});
