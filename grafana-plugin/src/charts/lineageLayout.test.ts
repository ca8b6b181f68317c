/** @jest-environment node */
import { BOX_HEIGHT, lineageLayout, withRest } from './lineageLayout';

const node = (id: string, layer: number) => ({
  ...{ id, layer, label: id, note: '', tone: 'good' as const },
});

describe('the layout of a lineage', () => {
  const graph = {
    nodes: [node('a', 0), node('m', 2), node('s', 3), node('u', 3)],
    edges: [
      { from: 'a', to: 'm' },
      { from: 'm', to: 'gone' },
    ],
  };

  it('has a column for each layer that has nodes, each in the middle', () => {
    const { nodes, columns, height } = lineageLayout(graph, 712);
    expect(columns).toEqual([
      { layer: 0, x: 0 },
      { layer: 2, x: 256 },
      { layer: 3, x: 512 },
    ]);
    const [a, m, s, u] = nodes;
    expect(a).toMatchObject({ x: 0, width: 200 });
    expect(m?.y).toBe(a?.y);
    expect(u!.y - s!.y).toBeGreaterThan(BOX_HEIGHT);
    expect(a!.y).toBe((s!.y + u!.y) / 2);
    expect(height).toBe(u!.y + BOX_HEIGHT);
  });

  it('draws edges between what is there', () => {
    const { edges } = lineageLayout(graph, 712);
    expect(edges.map(({ from, to }) => [from, to])).toEqual([['a', 'm']]);
    expect(edges[0]?.path).toMatch(/^M200,\d+C228,\d+ 228,\d+ 256,\d+$/);
    expect(lineageLayout({ nodes: [], edges: [] }, 100)).toMatchObject({ nodes: [], edges: [] });
  });

  it('leads edges past the boxes of the columns between, not behind them', () => {
    const nodes = [node('a', 0), node('f', 1), node('g', 1), node('m', 2), node('n', 2)];
    const { edges, nodes: placed } = lineageLayout({ nodes, edges: [{ from: 'a', to: 'n' }] }, 712);
    const [, f, g] = placed;
    const passed = Number(/,([\d.]+)H456/.exec(edges[0]!.path)?.[1]);
    expect(passed).toBeGreaterThan(f!.y + BOX_HEIGHT);
    expect(passed).toBeLessThan(g!.y);
  });

  it('lets one node stand for the rest of a long layer, with all of their edges', () => {
    const features = Array.from({ length: 5 }, (_, n) => node(`f${n}`, 1));
    const edges = features.map(({ id }) => ({ from: id, to: 'm' }));
    const shown = withRest({ nodes: [...features, node('m', 2)], edges }, 3, (n) => `${n} more`);
    expect(shown.nodes.map(({ label }) => label)).toEqual(['f0', 'f1', '3 more', 'm']);
    expect(shown.edges).toEqual([
      { from: 'f0', to: 'm' },
      { from: 'f1', to: 'm' },
      { from: 'rest 1', to: 'm' },
    ]);
    const whole = { nodes: features, edges: [] };
    expect(withRest(whole, 5, String)).toEqual(whole);
  });
});
