import type { ValueSpan } from './anyValue';
import { Attributes } from './attributes';
import { type TextSpan, toMs } from './fields';
import { ScopeView } from './scopeView';
import { ShapeTrie } from './shapeTrie';
import { VALUE_KIND } from './valueKind';
import { DECODE_LIMITS, type DecodeLimits } from './wire';

/** What is to be known of each list of keys; see `ShapeTrie`. */
export interface LogPlans<Resource, Record, Body> {
  resource(keys: readonly string[]): Resource;
  record(keys: readonly string[]): Record;
  /** The keys of a body that is a map. */
  body(keys: readonly string[]): Body;
}

/**
 * The log record under the reader, as places in `reader.bytes`. The walker owns it and fills it anew for each record; it
 * is valid during the visitor's call only.
 */
export class LogView<Resource, Record, Body> extends ScopeView<Resource> {
  readonly attributes: Attributes<Record>;
  /** The entries of the body last opened. */
  readonly bodyAttributes: Attributes<Body>;
  /** Entries of that body that were too many. */
  bodyLeftOut = 0;
  /** Ids: offset of 16 or 8 bytes; -1 when absent or all zero. */
  traceIdAt = -1;
  spanIdAt = -1;
  readonly severityText: TextSpan = { start: 0, end: 0 };
  /** 1 … 24 as OTLP defines it, but any 32-bit integer may be sent. */
  severityNumber = 0;
  /** W3C trace flags and what else stands in the 32 bits. */
  flags = 0;
  readonly eventName: TextSpan = { start: 0, end: 0 };
  readonly body: ValueSpan = { kind: VALUE_KIND.empty, start: 0, end: 0 };
  /**
   * When it happened or, where that is not told, when it was observed: nanoseconds since 1970 as low and high 32 bits,
   * signed as DataView writes them.
   */
  timeLow = 0;
  timeHigh = 0;

  constructor(plans: LogPlans<Resource, Record, Body>, limits: DecodeLimits = DECODE_LIMITS) {
    super((keys) => plans.resource(keys), limits);
    this.attributes = new Attributes(new ShapeTrie((keys) => plans.record(keys)), this.values);
    this.bodyAttributes = new Attributes(new ShapeTrie((keys) => plans.body(keys)), this.values);
  }

  /** Time of the record in milliseconds since 1970, rounded down. */
  get timeMs(): number {
    return toMs(this.timeLow, this.timeHigh);
  }

  /**
   * Fills `bodyAttributes` with the entries of the body; false when the body is not a map. Entries beyond
   * `maxAttributes` are left out and counted: the body is in `otel_logs` as a whole, and a limit of ours must not refuse it.
   */
  openBody(): boolean {
    const { reader, body, bodyAttributes } = this;
    this.bodyLeftOut = 0;
    if (body.kind !== VALUE_KIND.map) return false;
    bodyAttributes.begin();
    reader.position = body.start;
    while (reader.position < body.end) {
      const tag = reader.uint32();
      if (tag === 10 && bodyAttributes.count < reader.limits.maxAttributes) {
        bodyAttributes.add(reader.end(body.end));
      } else {
        if (tag === 10) this.bodyLeftOut++;
        reader.skip(tag, body.end);
      }
    }
    return true;
  }
}
