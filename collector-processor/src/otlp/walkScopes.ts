import { clearText, readText } from './fields';
import type { ScopeView } from './scopeView';

export interface ScopeVisitor {
  /** A new resource: `view.resource` and `view.resourceSchemaUrl` are filled. */
  resource?(): void;
  /** An item of the signal, in [reader.position, end): all that belongs to resource and scope is filled. */
  item(end: number): void;
}

/**
 * Walks an Export…ServiceRequest without making objects of it. Those of all signals are built alike: resources hold
 * scopes, scopes hold items (spans, log records, metrics). Throws `DecodeError` when the bytes are not such a request.
 */
export function walkScopes<R>(bytes: Uint8Array, view: ScopeView<R>, visitor: ScopeVisitor): void {
  const { reader } = view;
  reader.open(bytes);
  view.ordinal = 0;
  const end = bytes.length;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 10) walkResource(view, reader.end(end), visitor);
    else reader.skip(tag, end);
  }
}

/** Fields may come in any order, so the resource is looked for before its items are visited. */
function walkResource<R>(view: ScopeView<R>, end: number, visitor: ScopeVisitor): void {
  const { reader } = view;
  const start = reader.position;
  view.resource.begin();
  clearText(view.resourceSchemaUrl);
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 10) readResource(view, reader.end(end));
    else if (tag === 26) readText(reader, end, view.resourceSchemaUrl);
    else reader.skip(tag, end);
  }
  view.resourceSerial++;
  visitor.resource?.();
  reader.position = start;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 18) walkScope(view, reader.end(end), visitor);
    else reader.skip(tag, end);
  }
}

function readResource<R>(view: ScopeView<R>, end: number): void {
  const { reader } = view;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 10) view.resource.add(reader.end(end));
    else reader.skip(tag, end);
  }
}

function walkScope<R>(view: ScopeView<R>, end: number, visitor: ScopeVisitor): void {
  const { reader } = view;
  const start = reader.position;
  clearText(view.scopeName);
  clearText(view.scopeVersion);
  clearText(view.scopeSchemaUrl);
  view.scopeDroppedAttributes = 0;
  view.scopeAttributes.begin();
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 10) readScope(view, reader.end(end));
    else if (tag === 26) readText(reader, end, view.scopeSchemaUrl);
    else reader.skip(tag, end);
  }
  view.scopeSerial++;
  reader.position = start;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 18) {
      const itemEnd = reader.end(end);
      visitor.item(itemEnd);
      reader.position = itemEnd;
    } else reader.skip(tag, end);
  }
}

function readScope<R>(view: ScopeView<R>, end: number): void {
  const { reader } = view;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 10) readText(reader, end, view.scopeName);
    else if (tag === 18) readText(reader, end, view.scopeVersion);
    else if (tag === 26) view.scopeAttributes.add(reader.end(end));
    else if (tag === 32) view.scopeDroppedAttributes = reader.uint32();
    else reader.skip(tag, end);
  }
}
