import type { Tone } from '../shared/status';
import { linearScale } from './scale';

/** Something in a chain of what depends on what. */
export interface LineageNode {
  readonly id: string;
  /** Its column: 0 is the leftmost. */
  readonly layer: number;
  readonly label: string;
  /** Below the label, smaller. */
  readonly note: string;
  readonly tone: Tone;
}

export interface LineageEdge {
  readonly from: string;
  readonly to: string;
}

export interface LineageGraphData {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

export interface PlacedNode extends LineageNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface PlacedEdge extends LineageEdge {
  /** SVG path data from the right side of one box to the left side of the other. */
  readonly path: string;
}

export interface LineageLayout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** The layers that have nodes, with the left side of their column. */
  readonly columns: readonly { readonly layer: number; readonly x: number }[];
  readonly height: number;
}

export const BOX_HEIGHT = 40;
const BOX_GAP = 12;
const COLUMN_GAP = 56;
const HEADING = 28;

const unique = (edges: readonly LineageEdge[]): readonly LineageEdge[] => [
  ...new Map(edges.map((edge) => [JSON.stringify([edge.from, edge.to]), edge])).values(),
];

/**
 * The same graph with at most `limit` nodes in each layer, the first ones; one node stands for the rest of its layer and has
 * their edges. `restOf` says what it is called.
 */
export const withRest = (
  { nodes, edges }: LineageGraphData,
  limit: number,
  restOf: (count: number) => string,
): LineageGraphData => {
  const renamed = new Map<string, string>();
  const kept: LineageNode[] = [];
  for (const layer of new Set(nodes.map((node) => node.layer))) {
    const inLayer = nodes.filter((node) => node.layer === layer);
    const whole = inLayer.length <= limit;
    const rest = whole ? [] : inLayer.slice(limit - 1);
    kept.push(...(whole ? inLayer : inLayer.slice(0, limit - 1)));
    if (whole) continue;
    const id = `rest ${layer}`;
    kept.push({ id, layer, label: restOf(rest.length), note: '', tone: 'unknown' });
    for (const node of rest) renamed.set(node.id, id);
  }
  const nameOf = (id: string) => renamed.get(id) ?? id;
  return {
    nodes: kept,
    edges: unique(edges.map(({ from, to }) => ({ from: nameOf(from), to: nameOf(to) }))),
  };
};

interface Point {
  readonly x: number;
  readonly y: number;
}

const curve = (from: Point, to: Point): string => {
  const middle = (from.x + to.x) / 2;
  return `C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`;
};

/** The gap between the boxes of a column that is nearest to `y`: a line behind a box would look as if it led there. */
const gapNear = (boxes: readonly PlacedNode[], y: number): number => {
  const gaps = [
    ...boxes.map((box) => box.y - BOX_GAP / 2),
    ...boxes.slice(-1).map((box) => box.y + BOX_HEIGHT + BOX_GAP / 2),
  ];
  return gaps.reduce((best, gap) => (Math.abs(gap - y) < Math.abs(best - y) ? gap : best));
};

/** From box to box, through the gaps of the columns that lie between them. */
const pathOf = (
  from: PlacedNode,
  to: PlacedNode,
  between: readonly (readonly PlacedNode[])[],
): string => {
  const start = { x: from.x + from.width, y: from.y + BOX_HEIGHT / 2 };
  const end = { x: to.x, y: to.y + BOX_HEIGHT / 2 };
  const line = linearScale({ from: start.x, to: end.x }, { from: start.y, to: end.y });
  let last: Point = start;
  let path = `M${start.x},${start.y}`;
  for (const boxes of between) {
    const [{ x, width }] = boxes as readonly [PlacedNode];
    const y = gapNear(boxes, line(x + width / 2));
    path += `${curve(last, { x, y })}H${x + width}`;
    last = { x: x + width, y };
  }
  return path + curve(last, end);
};

/** Columns from left to right, each centred; layers without nodes take no room. Edges to nodes that are not there are left out. */
export const lineageLayout = ({ nodes, edges }: LineageGraphData, width: number): LineageLayout => {
  const layers = [...new Set(nodes.map(({ layer }) => layer))].sort((a, b) => a - b);
  const box = Math.max(1, (width - (layers.length - 1) * COLUMN_GAP) / Math.max(1, layers.length));
  const columns = layers.map((layer, index) => ({ layer, x: index * (box + COLUMN_GAP) }));
  const heightOf = (count: number) => count * (BOX_HEIGHT + BOX_GAP) - BOX_GAP;
  const counts = layers.map((layer) => nodes.filter((node) => node.layer === layer).length);
  const tallest = heightOf(Math.max(1, ...counts));
  const placed = columns.flatMap(({ layer, x }) => {
    const inLayer = nodes.filter((node) => node.layer === layer);
    const top = HEADING + (tallest - heightOf(inLayer.length)) / 2;
    return inLayer.map((node, row) => ({
      ...{ ...node, x, width: box, y: top + row * (BOX_HEIGHT + BOX_GAP) },
    }));
  });
  const byId = new Map(placed.map((node) => [node.id, node]));
  return {
    nodes: placed,
    columns,
    height: HEADING + tallest,
    edges: edges.flatMap((edge) => {
      const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
      if (from === undefined || to === undefined) return [];
      const between = layers
        .filter((layer) => layer > from.layer && layer < to.layer)
        .map((layer) => placed.filter((node) => node.layer === layer));
      return [{ ...edge, path: pathOf(from, to, between) }];
    }),
  };
};
