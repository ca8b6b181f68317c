/** @jest-environment node */
import { lineageGraph, lineageLines } from './lineageRows';

const TEXTS = {
  baseline: () => ({ label: 'Reference', note: '' }),
  source: (calls: number) => `${calls} calls`,
  feature: (status: string) => status,
  version: (version: string) => ({ label: `v${version}`, note: '' }),
  service: (row: object, calls: number, errors: number) => ({
    label: (row as { service: string }).service,
    note: `${errors} of ${calls}`,
  }),
};

const ANSWERS = {
  baselines: [
    { version: '1', baseline: 'b1', feature: 'age' },
    { version: '1', baseline: 'b1', feature: 'amount' },
  ],
  sources: [{ version: '2', data_source: 'wiki', requests: 4 }],
  features: [
    { version: '1', feature: 'age', drift_status: 'ok' },
    { version: '1', feature: 'amount', drift_status: 'ok' },
    { version: '2', feature: 'amount', drift_status: 'drift' },
  ],
  services: [
    { version: '1', service: 'shop', requests: 90, errors: 0 },
    { version: '2', service: 'shop', requests: 10, errors: 9 },
  ],
};

describe('the lineage of a model', () => {
  const graph = lineageGraph(ANSWERS, TEXTS, () => 'good');

  it('has every thing once, the worst first', () => {
    expect(graph.nodes.map(({ layer, label, tone }) => [layer, label, tone])).toEqual([
      [1, 'amount', 'warn'],
      [3, 'shop', 'warn'],
      [1, 'age', 'good'],
      [2, 'v1', 'good'],
      [2, 'v2', 'good'],
      [0, 'Reference', 'good'],
      [0, 'wiki', 'good'],
    ]);
    expect(graph.nodes.find(({ label }) => label === 'shop')?.note).toBe('9 of 100');
  });

  it('says the same as a table', () => {
    const lines = lineageLines(graph).map(({ layer, node, from, to }) => [
      ...[layer, node.label, from.join(), to.join()],
    ]);
    expect(lines).toEqual([
      ['data', 'Reference', '', 'age,amount'],
      ['data', 'wiki', '', 'v2'],
      ['features', 'amount', 'Reference', 'v1,v2'],
      ['features', 'age', 'Reference', 'v1'],
      ['model', 'v1', 'age,amount', 'shop'],
      ['model', 'v2', 'amount,wiki', 'shop'],
      ['services', 'shop', 'v1,v2', ''],
    ]);
  });

  it('is empty where nothing is known', () => {
    const nothing = { baselines: [], sources: [], features: [], services: [] };
    expect(lineageGraph(nothing, TEXTS, () => 'good')).toEqual({ nodes: [], edges: [] });
  });
});
