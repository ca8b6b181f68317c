import { clearText, readId, readText } from './fields';
import { keepPlace } from './places';
import type { SpanView } from './spanView';
import { walkScopes } from './walkScopes';

export interface TraceVisitor {
  /** A new resource: `view.resource` is filled. */
  resource(): void;
  /** A span: all of `view` is filled; events and links can be opened. */
  span(): void;
}

const NONE: ReadonlySet<number> = new Set();

/**
 * Walks an ExportTraceServiceRequest (opentelemetry/proto/collector/trace/v1) without making objects of it.
 * Spans whose ordinal is in `skip` are left out. Throws `DecodeError` when the bytes are not such a request, and
 * `LimitError` when a span is over a limit: `view.ordinal` tells which one.
 */
export function walkTraces<R, S, E>(
  bytes: Uint8Array,
  view: SpanView<R, S, E>,
  visitor: TraceVisitor,
  skip = NONE,
): void {
  walkScopes(bytes, view, {
    resource: () => {
      visitor.resource();
    },
    item: (end) => {
      if (skip.size === 0 || !skip.has(view.ordinal)) {
        readSpan(view, end);
        visitor.span();
      }
      view.ordinal++;
    },
  });
}

function readSpan<R, S, E>(view: SpanView<R, S, E>, end: number): void {
  const { reader, attributes } = view;
  view.traceIdAt = view.spanIdAt = view.parentSpanIdAt = -1;
  clearText(view.traceState);
  clearText(view.name);
  clearText(view.statusMessage);
  view.kind = view.statusCode = view.eventCount = view.linkCount = 0;
  view.startLow = view.startHigh = view.endLow = view.endHigh = 0;
  attributes.begin();
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 74) attributes.add(reader.end(end));
    else readSpanField(view, tag, end);
  }
}

function readSpanField<R, S, E>(view: SpanView<R, S, E>, tag: number, end: number): void {
  const { reader } = view;
  switch (tag) {
    case 10:
      view.traceIdAt = readId(reader, end, 16);
      break;
    case 18:
      view.spanIdAt = readId(reader, end, 8);
      break;
    case 26:
      readText(reader, end, view.traceState);
      break;
    case 34:
      view.parentSpanIdAt = readId(reader, end, 8);
      break;
    case 42:
      readText(reader, end, view.name);
      break;
    case 48:
      view.kind = reader.uint32();
      break;
    case 57: {
      const at = reader.fixed64(end);
      view.startLow = reader.view.getInt32(at, true);
      view.startHigh = reader.view.getInt32(at + 4, true);
      break;
    }
    case 65: {
      const at = reader.fixed64(end);
      view.endLow = reader.view.getInt32(at, true);
      view.endHigh = reader.view.getInt32(at + 4, true);
      break;
    }
    case 90:
      view.eventCount = keepPlace(reader, end, view.events, view.eventCount, 'events');
      break;
    case 106:
      view.linkCount = keepPlace(reader, end, view.links, view.linkCount, 'links');
      break;
    case 122:
      readStatus(view, reader.end(end));
      break;
    default:
      reader.skip(tag, end);
  }
}

function readStatus<R, S, E>(view: SpanView<R, S, E>, end: number): void {
  const { reader } = view;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 18) readText(reader, end, view.statusMessage);
    else if (tag === 24) view.statusCode = reader.uint32();
    else reader.skip(tag, end);
  }
}
