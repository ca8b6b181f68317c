import { Attributes } from './attributes';
import { clearText, readId, readText, type TextSpan, toMs } from './fields';
import { ScopeView } from './scopeView';
import { ShapeTrie } from './shapeTrie';
import { DECODE_LIMITS, type DecodeLimits } from './wire';

/** What the normaliser wants to know of each list of keys; see `ShapeTrie`. */
export interface TracePlans<Resource, Span, Event> {
  resource(keys: readonly string[]): Resource;
  span(keys: readonly string[]): Span;
  event(keys: readonly string[]): Event;
}

/**
 * The span under the reader, as places in `reader.bytes`. The walker owns it and fills it anew for each span; it is
 * valid during the visitor's call only.
 */
export class SpanView<Resource, Span, Event> extends ScopeView<Resource> {
  readonly attributes: Attributes<Span>;
  /** The attributes of the event or link last opened. */
  readonly eventAttributes: Attributes<Event>;
  readonly linkAttributes: Attributes<undefined>;

  /** Ids: offset of 16 or 8 bytes; -1 when absent or all zero. */
  traceIdAt = -1;
  spanIdAt = -1;
  parentSpanIdAt = -1;
  readonly traceState: TextSpan = { start: 0, end: 0 };
  readonly name: TextSpan = { start: 0, end: 0 };
  readonly statusMessage: TextSpan = { start: 0, end: 0 };
  kind = 0;
  statusCode = 0;
  /** Start and end, nanoseconds since 1970: low and high 32 bits, signed as DataView writes them. */
  startLow = 0;
  startHigh = 0;
  endLow = 0;
  endHigh = 0;
  /** Start of the message of each event and link, and the position behind it. */
  readonly events: Int32Array;
  readonly links: Int32Array;
  eventCount = 0;
  linkCount = 0;

  // The event or link last opened.
  readonly itemName: TextSpan = { start: 0, end: 0 };
  itemTimeLow = 0;
  itemTimeHigh = 0;
  itemTraceIdAt = -1;
  itemSpanIdAt = -1;
  readonly itemTraceState: TextSpan = { start: 0, end: 0 };

  constructor(plans: TracePlans<Resource, Span, Event>, limits: DecodeLimits = DECODE_LIMITS) {
    super((keys) => plans.resource(keys), limits);
    const { values } = this;
    this.events = new Int32Array(limits.maxEvents * 2);
    this.links = new Int32Array(limits.maxEvents * 2);
    this.attributes = new Attributes(new ShapeTrie((keys) => plans.span(keys)), values);
    this.eventAttributes = new Attributes(new ShapeTrie((keys) => plans.event(keys)), values);
    this.linkAttributes = new Attributes(new ShapeTrie(() => undefined), values);
  }

  /** Start of the span in milliseconds since 1970, rounded down. */
  get startMs(): number {
    return toMs(this.startLow, this.startHigh);
  }

  /** End minus start in milliseconds; NaN when the span ends before it starts or has no end. */
  get durationMs(): number {
    const high = (this.endHigh >>> 0) - (this.startHigh >>> 0);
    const duration = high * 4294967296 + (this.endLow >>> 0) - (this.startLow >>> 0);
    const hasEnd = (this.endHigh | this.endLow) !== 0;
    return hasEnd && duration >= 0 ? duration / 1e6 : NaN;
  }

  /** Opens event `index`: its name, time and attributes are there until the next `open…`. */
  openEvent(index: number): void {
    const { reader, eventAttributes } = this;
    const end = this.events[index * 2 + 1]!;
    reader.position = this.events[index * 2]!;
    this.itemTimeLow = this.itemTimeHigh = 0;
    clearText(this.itemName);
    eventAttributes.begin();
    while (reader.position < end) {
      const tag = reader.uint32();
      if (tag === 9) {
        const at = reader.fixed64(end);
        this.itemTimeLow = reader.view.getInt32(at, true);
        this.itemTimeHigh = reader.view.getInt32(at + 4, true);
      } else if (tag === 18) readText(reader, end, this.itemName);
      else if (tag === 26) eventAttributes.add(reader.end(end));
      else reader.skip(tag, end);
    }
  }

  /** Time of the opened event, milliseconds since 1970. */
  get eventMs(): number {
    return toMs(this.itemTimeLow, this.itemTimeHigh);
  }

  /** Opens link `index`: its ids, state and attributes are there until the next `open…`. */
  openLink(index: number): void {
    const { reader, linkAttributes } = this;
    const end = this.links[index * 2 + 1]!;
    reader.position = this.links[index * 2]!;
    this.itemTraceIdAt = this.itemSpanIdAt = -1;
    clearText(this.itemTraceState);
    linkAttributes.begin();
    while (reader.position < end) {
      const tag = reader.uint32();
      if (tag === 10) this.itemTraceIdAt = readId(reader, end, 16);
      else if (tag === 18) this.itemSpanIdAt = readId(reader, end, 8);
      else if (tag === 26) readText(reader, end, this.itemTraceState);
      else if (tag === 34) linkAttributes.add(reader.end(end));
      else reader.skip(tag, end);
    }
  }
}
