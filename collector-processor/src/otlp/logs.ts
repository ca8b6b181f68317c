import { readAnyValue } from './anyValue';
import { clearText, readId, readText } from './fields';
import type { LogView } from './logView';
import { VALUE_KIND } from './valueKind';
import { walkScopes } from './walkScopes';

const NONE: ReadonlySet<number> = new Set();

/**
 * Walks an ExportLogsServiceRequest (opentelemetry/proto/collector/logs/v1) and calls `visit` for each record, with all
 * of `view` filled. Records whose ordinal is in `skip` are left out. Throws `DecodeError` when the bytes are not such a
 * request, and `LimitError` when a record is over a limit: `view.ordinal` tells which one.
 */
export function walkLogs<R, L, B>(
  bytes: Uint8Array,
  view: LogView<R, L, B>,
  visit: () => void,
  skip = NONE,
): void {
  walkScopes(bytes, view, {
    item: (end) => {
      if (skip.size === 0 || !skip.has(view.ordinal)) {
        readRecord(view, end);
        visit();
      }
      view.ordinal++;
    },
  });
}

function readRecord<R, L, B>(view: LogView<R, L, B>, end: number): void {
  const { reader, attributes } = view;
  view.traceIdAt = view.spanIdAt = -1;
  clearText(view.severityText);
  clearText(view.eventName);
  view.body.kind = VALUE_KIND.empty;
  view.severityNumber = view.flags = view.timeLow = view.timeHigh = 0;
  let observedAt = -1;
  attributes.begin();
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 50) attributes.add(reader.end(end));
    else if (tag === 89) observedAt = reader.fixed64(end);
    else readRecordField(view, tag, end);
  }
  if (observedAt >= 0 && (view.timeLow | view.timeHigh) === 0) readTime(view, observedAt);
}

function readTime<R, L, B>(view: LogView<R, L, B>, at: number): void {
  view.timeLow = view.reader.view.getInt32(at, true);
  view.timeHigh = view.reader.view.getInt32(at + 4, true);
}

function readRecordField<R, L, B>(view: LogView<R, L, B>, tag: number, end: number): void {
  const { reader } = view;
  switch (tag) {
    case 9:
      readTime(view, reader.fixed64(end));
      break;
    case 16:
      view.severityNumber = reader.uint32() | 0;
      break;
    case 26:
      readText(reader, end, view.severityText);
      break;
    case 42:
      readAnyValue(reader, reader.end(end), view.body);
      break;
    case 69:
      view.flags = reader.fixed32(end);
      break;
    case 74:
      view.traceIdAt = readId(reader, end, 16);
      break;
    case 82:
      view.spanIdAt = readId(reader, end, 8);
      break;
    case 98:
      readText(reader, end, view.eventName);
      break;
    default:
      reader.skip(tag, end);
  }
}
