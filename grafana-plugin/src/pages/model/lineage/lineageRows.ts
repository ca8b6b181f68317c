import type { LineageEdge, LineageGraphData, LineageNode } from '../../../charts/lineageLayout';
import { numberOf, type Row, textOf } from '../../../queries/rowsOf';
import { type Tone, TONES, toneOf } from '../../../shared/status';

/** The layers of a lineage in their order. */
export const LAYERS = ['data', 'features', 'model', 'services'] as const;
export type Layer = (typeof LAYERS)[number];

/** Rows of the statements of `schemas/src/queries/lineage.ts`. */
export interface LineageAnswers {
  readonly baselines: readonly Row[];
  readonly sources: readonly Row[];
  readonly features: readonly Row[];
  readonly services: readonly Row[];
}

/** What the graph says in words; given in, because texts are those of the user's language. */
export interface LineageTexts {
  readonly baseline: (row: Row) => { readonly label: string; readonly note: string };
  readonly source: (calls: number) => string;
  readonly feature: (status: string) => string;
  readonly version: (version: string) => { readonly label: string; readonly note: string };
  readonly service: (
    row: Row,
    calls: number,
    errors: number,
  ) => { readonly label: string; readonly note: string };
}

const layerOf = (layer: Layer): number => LAYERS.indexOf(layer);

class Graph {
  private readonly nodes = new Map<string, LineageNode>();
  private readonly edges = new Map<string, LineageEdge>();

  add(layer: Layer, name: string, looks: Omit<LineageNode, 'id' | 'layer'>): string {
    const id = `${layer} ${name}`;
    if (!this.nodes.has(id)) this.nodes.set(id, { id, layer: layerOf(layer), ...looks });
    return id;
  }

  connect(from: string, to: string): void {
    this.edges.set(JSON.stringify([from, to]), { from, to });
  }

  /** The worst first in each layer: what is left out of a picture should be what is in order. */
  done(): LineageGraphData {
    const rank = ({ tone }: LineageNode) => TONES.indexOf(tone);
    return {
      nodes: [...this.nodes.values()].sort((a, b) => rank(a) - rank(b)),
      edges: [...this.edges.values()],
    };
  }
}

/** The worst of what was found about a feature in any version. */
const featureStatuses = (rows: readonly Row[]): ReadonlyMap<string, string> => {
  const statuses = new Map<string, string>();
  for (const row of rows) {
    const [feature, status] = [textOf(row, 'feature'), textOf(row, 'drift_status')];
    const before = statuses.get(feature);
    const rank = (text: string): number => TONES.indexOf(toneOf(text));
    if (before === undefined || rank(status) < rank(before)) statuses.set(feature, status);
  }
  return statuses;
};

/** A service that fails often is seen on it; one that nobody called is not known to be good. */
const serviceTone = (calls: number, errors: number): Tone => {
  if (calls === 0) return 'unknown';
  return errors / calls > 0.05 ? 'warn' : 'good';
};

/** Data, features, versions and services as one graph. `versionTone` is the status of a version. */
export const lineageGraph = (
  { baselines, sources, features, services }: LineageAnswers,
  texts: LineageTexts,
  versionTone: (version: string) => Tone,
): LineageGraphData => {
  const graph = new Graph();
  const statuses = featureStatuses(features);
  const version = (row: Row): string => {
    const name = textOf(row, 'version');
    return graph.add('model', name, { ...texts.version(name), tone: versionTone(name) });
  };
  const feature = (row: Row): string => {
    const name = textOf(row, 'feature');
    const status = statuses.get(name) ?? '';
    return graph.add('features', name, {
      ...{ label: name, note: texts.feature(status), tone: toneOf(status) },
    });
  };
  for (const row of features) graph.connect(feature(row), version(row));
  for (const row of baselines) {
    const looks = { ...texts.baseline(row), tone: 'good' as const };
    const from = graph.add('data', `baseline ${textOf(row, 'baseline')}`, looks);
    const name = feature(row);
    graph.connect(from, name);
    graph.connect(name, version(row));
  }
  for (const row of sources) {
    const label = textOf(row, 'data_source');
    const note = texts.source(numberOf(row, 'requests') ?? 0);
    const from = graph.add('data', `source ${label}`, { label, note, tone: 'good' });
    graph.connect(from, version(row));
  }
  for (const row of callsByService(services)) {
    const looks = texts.service(row.row, row.calls, row.errors);
    const to = graph.add('services', row.service, {
      ...looks,
      tone: serviceTone(row.calls, row.errors),
    });
    for (const from of row.rows) graph.connect(version(from), to);
  }
  return graph.done();
};

const callsByService = (rows: readonly Row[]) => {
  const byService = new Map<string, Row[]>();
  for (const row of rows) {
    const service = textOf(row, 'service');
    byService.set(service, [...(byService.get(service) ?? []), row]);
  }
  const sum = (of: readonly Row[], column: string) =>
    of.reduce((total, row) => total + (numberOf(row, column) ?? 0), 0);
  return [...byService].flatMap(([service, of]) => {
    const [row] = of;
    const [calls, errors] = [sum(of, 'requests'), sum(of, 'errors')];
    return row === undefined ? [] : [{ service, row, rows: of, calls, errors }];
  });
};

/** A line of the graph as a table: a thing, and what comes out of it. */
export interface LineageLine {
  readonly node: LineageNode;
  readonly layer: Layer;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** The graph as a table, from the data to the services. */
export const lineageLines = ({ nodes, edges }: LineageGraphData): readonly LineageLine[] => {
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  const named = (ids: readonly string[]) => ids.map((id) => labels.get(id) ?? id);
  return [...nodes]
    .sort((a, b) => a.layer - b.layer)
    .map((node) => ({
      node,
      layer: LAYERS[node.layer] ?? 'model',
      from: named(edges.filter(({ to }) => to === node.id).map(({ from }) => from)),
      to: named(edges.filter(({ from }) => from === node.id).map(({ to }) => to)),
    }));
};
