import { groupBy } from '../groupBy';

/** What the pass needs of a row of `ml_inferences`; the rows are de-duplicated and of one trace. */
export interface TraceRow {
  readonly inferenceId: string;
  readonly spanId: string;
  /** Empty: a root. */
  readonly parentSpanId: string;
  /** Whether its operation is one that contains model calls. */
  readonly container: boolean;
  /** Whether it is a call that only a log record tells: it counts, as a container does, when no span tells the call. */
  readonly details: boolean;
  readonly model: string;
  readonly responseId: string;
  /** Unix milliseconds. */
  readonly timeMs: number;
  /** All input and all output tokens; null where not told. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly rollup: boolean;
}

export interface RollupChange {
  readonly inferenceId: string;
  readonly rollup: boolean;
}

/** Spans between two rows are no model calls; a chain longer than this is cut. */
export const MAX_DEPTH = 64;

interface SpanNode {
  readonly spanId: string;
  readonly rows: readonly TraceRow[];
  /** Spans with rows above this one, nearest first. */
  readonly ancestors: readonly string[];
  readonly depth: number;
}

function nodesOf(
  rows: readonly TraceRow[],
  parents: ReadonlyMap<string, string>,
): Map<string, SpanNode> {
  const bySpan = groupBy(rows, ({ spanId }) => spanId);
  const parentOf = (spanId: string): string =>
    bySpan.get(spanId)?.[0]!.parentSpanId ?? parents.get(spanId) ?? '';
  const nodes = new Map<string, SpanNode>();
  for (const [spanId, own] of bySpan) {
    const chain = new Set<string>();
    for (
      let parent = parentOf(spanId);
      parent !== '' && parent !== spanId && !chain.has(parent) && chain.size < MAX_DEPTH;
      parent = parentOf(parent)
    ) {
      chain.add(parent);
    }
    const ancestors = [...chain].filter((parent) => bySpan.has(parent));
    nodes.set(spanId, { spanId, rows: own, ancestors, depth: chain.size });
  }
  return nodes;
}

/**
 * Leaves count; a container does when nothing at or below it does, so of nested ones the innermost. What a span tells
 * goes before what a log record tells of the same span.
 */
function countByKind(nodes: ReadonlyMap<string, SpanNode>): Set<TraceRow> {
  const counting = new Set<TraceRow>();
  const holding = new Set<string>();
  const count = (node: SpanNode, row: TraceRow): void => {
    counting.add(row);
    holding.add(node.spanId);
    for (const ancestor of node.ancestors) holding.add(ancestor);
  };
  for (const node of nodes.values()) {
    for (const row of node.rows) if (!row.container) count(node, row);
  }
  const innermostFirst = [...nodes.values()].toSorted((a, b) => b.depth - a.depth);
  for (const node of innermostFirst) {
    if (holding.has(node.spanId)) continue;
    const bySpan = node.rows.filter(({ details }) => !details);
    for (const row of bySpan.length > 0 ? bySpan : node.rows) count(node, row);
  }
  return counting;
}

const isDeeper = (a: SpanNode, b: SpanNode): boolean => {
  if (a.depth !== b.depth) return a.depth > b.depth;
  const [aTime, bTime] = [a.rows[0]!.timeMs, b.rows[0]!.timeMs];
  return aTime === bTime ? a.spanId > b.spanId : aTime > bTime;
};

/** Of spans that tell of one response the innermost stays (tie: later start, then span id). */
function dropSharedResponses(nodes: ReadonlyMap<string, SpanNode>, counting: Set<TraceRow>): void {
  const told = [...counting].filter(({ responseId }) => responseId !== '');
  for (const rows of groupBy(told, ({ responseId }) => responseId).values()) {
    const innermost = rows
      .map(({ spanId }) => nodes.get(spanId)!)
      .reduce((best, node) => (isDeeper(node, best) ? node : best));
    for (const row of rows) if (row.spanId !== innermost.spanId) counting.delete(row);
  }
}

const sameCall = (a: TraceRow, b: TraceRow): boolean =>
  a.model === b.model &&
  a.inputTokens === b.inputTokens &&
  a.outputTokens === b.outputTokens &&
  (a.inputTokens !== null || a.outputTokens !== null);

/** A parent and a child with equal model and tokens are one call, told twice: the child stays. */
function dropEqualParents(nodes: ReadonlyMap<string, SpanNode>, counting: Set<TraceRow>): void {
  const parents = new Set<TraceRow>();
  for (const row of counting) {
    const node = nodes.get(row.spanId)!;
    const above = node.ancestors
      .map((spanId) => nodes.get(spanId)!)
      .find(({ rows }) => rows.some((other) => counting.has(other)));
    // Spans that name each other as parent must not both go.
    if (above === undefined || !isDeeper(node, above)) continue;
    for (const other of above.rows) {
      if (counting.has(other) && sameCall(other, row)) parents.add(other);
    }
  }
  for (const parent of parents) counting.delete(parent);
}

/**
 * Which rows of a trace count, as a pure function of its rows: one model call is counted once, whoever told of it and in
 * whatever order it arrived. Answers only the rows whose bit differs.
 *
 * `parents`: parent by span of the trace's other spans, so that the chain between two rows is known.
 */
export function decideRollups(
  rows: readonly TraceRow[],
  parents: ReadonlyMap<string, string>,
): RollupChange[] {
  const nodes = nodesOf(rows, parents);
  const counting = countByKind(nodes);
  dropSharedResponses(nodes, counting);
  dropEqualParents(nodes, counting);
  return rows
    .filter((row) => row.rollup === counting.has(row))
    .map(({ inferenceId, rollup }) => ({ inferenceId, rollup: !rollup }));
}
