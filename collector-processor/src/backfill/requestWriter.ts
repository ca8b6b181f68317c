import { tagOf, WIRE } from '../otlp/wire';
import { ByteBuffer } from '../store/native/byteBuffer';
import { AttributeWriter } from './attributeWriter';
import type { StoredKeys } from './keyKinds';
import { beginMessage, endMessage } from './message';
import { SpanWriter } from './spanWriter';
import { type StoredRow, TEXT } from './storedRow';

/** A request made of stored spans; `bytes` are the writer's own, and valid during the call only. */
export interface StoredRequest {
  readonly bytes: Buffer;
  readonly tenant: string;
  readonly spans: number;
}

export interface RequestWriterParts {
  readonly keys: StoredKeys;
  /** Tenant of spans that name none. */
  readonly tenant: string;
  /** False when the request was refused as a whole: its spans come again then, each in a request of its own. */
  readonly emit: (request: StoredRequest) => boolean;
}

/**
 * The store has spans by name and time, so those of one sender stand far apart; the more of them are gathered, the more
 * share one resource, which is read once then.
 */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_SPANS = 8192;
/** Resources and scopes that are remembered from one request to the next. */
const MAX_SHARED = 4096;
const NONE = -1;

/** What spans share, as fields of `ResourceSpans` and of `ScopeSpans`; its spans are a chain of indexes. */
interface Shared {
  readonly tenant: string;
  readonly resource: Buffer;
  readonly scope: Buffer;
  first: number;
  last: number;
  count: number;
}

/** Makes `ExportTraceServiceRequest`s of stored rows, so that what reads live requests reads them too. */
export class RequestWriter {
  /** Rows left out because their ids are not hexadecimal: nothing could tell such spans apart. */
  malformed = 0;
  private readonly parts: RequestWriterParts;
  /** Spans as they came; they are put together by what they share when there are enough. */
  private readonly spans = new ByteBuffer(MAX_BYTES / 4);
  private readonly out = new ByteBuffer(MAX_BYTES / 4);
  private readonly writer: SpanWriter;
  private readonly attributes: AttributeWriter;
  private readonly ends = new Int32Array(MAX_SPANS);
  private readonly next = new Int32Array(MAX_SPANS);
  private size = 0;
  /** By the bytes that the store has for it. */
  private readonly shared = new Map<string, Shared>();
  private used: Shared[] = [];

  constructor(parts: RequestWriterParts) {
    this.parts = parts;
    this.attributes = new AttributeWriter(this.spans, parts.keys);
    this.writer = new SpanWriter(this.spans, this.attributes);
  }

  add(row: StoredRow): void {
    const shared = this.sharedOf(row);
    if (!this.writer.write(row)) {
      this.malformed++;
      return;
    }
    const span = this.size++;
    this.ends[span] = this.spans.length;
    this.next[span] = NONE;
    if (shared.count++ === 0) {
      this.used.push(shared);
      shared.first = span;
    } else {
      this.next[shared.last] = span;
    }
    shared.last = span;
    if (this.spans.length > MAX_BYTES || this.size === MAX_SPANS) this.flush();
  }

  /** Emits what is there: one request for each tenant. */
  flush(): void {
    const { used } = this;
    for (const tenant of new Set(used.map((shared) => shared.tenant))) this.emit(tenant);
    for (const shared of used) shared.count = 0;
    this.used = [];
    this.size = this.spans.length = 0;
    if (this.shared.size > MAX_SHARED) this.shared.clear();
  }

  private emit(tenant: string): void {
    const { out, used } = this;
    let spans = 0;
    out.length = 0;
    for (const shared of used) {
      if (shared.tenant !== tenant) continue;
      spans += shared.count;
      this.writeShared(shared);
    }
    if (this.parts.emit({ bytes: out.filled(), tenant, spans }) || spans === 1) return;
    for (const shared of used) if (shared.tenant === tenant) this.emitEach(shared);
  }

  private writeShared(shared: Shared): void {
    this.writeAround(shared, () => {
      for (let span = shared.first; span !== NONE; span = this.next[span]!) this.copySpan(span);
    });
  }

  private emitEach(shared: Shared): void {
    const { out } = this;
    for (let span = shared.first; span !== NONE; span = this.next[span]!) {
      out.length = 0;
      this.writeAround(shared, () => {
        this.copySpan(span);
      });
      this.parts.emit({ bytes: out.filled(), tenant: shared.tenant, spans: 1 });
    }
  }

  private writeAround({ resource, scope }: Shared, writeSpans: () => void): void {
    const { out } = this;
    const resourceAt = beginMessage(out, tagOf(1, WIRE.bytes));
    out.raw(resource);
    const scopeAt = beginMessage(out, tagOf(2, WIRE.bytes));
    out.raw(scope);
    writeSpans();
    endMessage(out, scopeAt);
    endMessage(out, resourceAt);
  }

  private copySpan(span: number): void {
    const { out, ends } = this;
    const start = span === 0 ? 0 : ends[span - 1]!;
    const size = ends[span]! - start;
    out.reserve(size);
    this.spans.bytes.copy(out.bytes, out.length, start, start + size);
    out.length += size;
  }

  private sharedOf(row: StoredRow): Shared {
    const key = row.reader.bytes.toString('latin1', row.sharedStart, row.sharedEnd);
    let shared = this.shared.get(key);
    if (shared === undefined) {
      shared = this.makeShared(row);
      this.shared.set(key, shared);
    }
    return shared;
  }

  private makeShared(row: StoredRow): Shared {
    this.attributes.openResource(row);
    return {
      tenant: this.attributes.tenantOf(row) ?? this.parts.tenant,
      resource: this.written(() => {
        this.attributes.writeResource(row);
      }),
      scope: this.written((out) => {
        const texts = row.texts.at;
        out.byte(tagOf(1, WIRE.bytes));
        out.text(row.reader, texts[TEXT.scopeName]!, texts[TEXT.scopeName + 1]!);
        out.byte(tagOf(2, WIRE.bytes));
        out.text(row.reader, texts[TEXT.scopeVersion]!, texts[TEXT.scopeVersion + 1]!);
      }),
      first: NONE,
      last: NONE,
      count: 0,
    };
  }

  /** What `write` writes, as field 1 of a message, taken out again. */
  private written(write: (out: ByteBuffer) => void): Buffer {
    const { spans } = this;
    const start = spans.length;
    const contentAt = beginMessage(spans, tagOf(1, WIRE.bytes));
    write(spans);
    endMessage(spans, contentAt);
    const bytes = Buffer.from(spans.filled().subarray(start));
    spans.length = start;
    return bytes;
  }
}
