import { numberOf, type Row, textOf } from '../../../queries/rowsOf';

/** A span of a trace at its place in the tree; times in milliseconds, from the first span of the trace. */
export interface TraceSpan {
  readonly id: string;
  readonly parentId: string;
  readonly name: string;
  readonly service: string;
  readonly kind: string;
  readonly offsetMs: number;
  readonly durationMs: number;
  readonly failed: boolean;
  readonly message: string;
  readonly events: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

export interface PlacedSpan extends TraceSpan {
  /** 0 for a span whose parent is not in the trace. */
  readonly depth: number;
}

const attributesOf = (row: Row): TraceSpan['attributes'] => {
  const text = textOf(row, 'attributes');
  const attributes: unknown = text === '' ? {} : JSON.parse(text);
  return Object.entries(attributes as Record<string, string>).sort(([a], [b]) => (a < b ? -1 : 1));
};

/** A row of `traceWaterfall`. */
export const spanOf = (row: Row): TraceSpan => ({
  id: textOf(row, 'span_id'),
  parentId: textOf(row, 'parent_id'),
  name: textOf(row, 'name'),
  service: textOf(row, 'service'),
  kind: textOf(row, 'kind'),
  offsetMs: numberOf(row, 'offset_ms') ?? 0,
  durationMs: numberOf(row, 'duration_ms') ?? 0,
  failed: textOf(row, 'status') === 'Error',
  message: textOf(row, 'status_message'),
  events: textOf(row, 'events'),
  attributes: attributesOf(row),
});

/**
 * The spans from the top down, children below their parents in the order in which they started. A span whose parent was not
 * sent (or lies beyond the limit) stands at the top; spans that name each other as parents do too, so that none is lost.
 */
export const traceTree = (spans: readonly TraceSpan[]): readonly PlacedSpan[] => {
  const known = new Set(spans.map(({ id }) => id));
  const children = new Map<string, TraceSpan[]>();
  for (const span of spans) {
    const parent = known.has(span.parentId) && span.parentId !== span.id ? span.parentId : '';
    children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  const placed = new Map<string, PlacedSpan>();
  const place = (from: TraceSpan): void => {
    // A stack instead of recursion: a trace may be a chain of a thousand spans.
    const open: PlacedSpan[] = [{ ...from, depth: 0 }];
    for (let span = open.pop(); span !== undefined; span = open.pop()) {
      if (placed.has(span.id)) continue;
      placed.set(span.id, span);
      const depth = span.depth + 1;
      const below = (children.get(span.id) ?? []).map((child) => ({ ...child, depth }));
      open.push(...below.sort((a, b) => b.offsetMs - a.offsetMs));
    }
  };
  const byStart = (a: TraceSpan, b: TraceSpan) => a.offsetMs - b.offsetMs;
  for (const root of [...(children.get('') ?? [])].sort(byStart)) place(root);
  for (const span of spans) if (!placed.has(span.id)) place(span);
  return [...placed.values()];
};

/** From the start of the first span to the end of the last one, in milliseconds. */
export const lengthOf = (spans: readonly TraceSpan[]): number =>
  spans.reduce((end, { offsetMs, durationMs }) => Math.max(end, offsetMs + durationMs), 0);
