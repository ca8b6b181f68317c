import { Attributes } from './attributes';
import type { TextSpan } from './fields';
import { ShapeTrie } from './shapeTrie';
import { ValueTexts } from './valueTexts';
import { DECODE_LIMITS, type DecodeLimits, WireReader } from './wire';

/**
 * The resource and the scope under the reader, as places in `reader.bytes`: what requests of all signals have in
 * common. `walkScopes` fills it; a signal's view adds what its items have.
 */
export class ScopeView<Resource> {
  readonly reader: WireReader;
  readonly values: ValueTexts;
  readonly resource: Attributes<Resource>;
  readonly resourceSchemaUrl: TextSpan = { start: 0, end: 0 };
  readonly scopeName: TextSpan = { start: 0, end: 0 };
  readonly scopeVersion: TextSpan = { start: 0, end: 0 };
  readonly scopeAttributes: Attributes<undefined>;
  scopeDroppedAttributes = 0;
  readonly scopeSchemaUrl: TextSpan = { start: 0, end: 0 };
  /** Counts resources, over all requests: while it is the same, so is the resource, and what was made of it. */
  resourceSerial = 0;
  /** Counts scopes, over all requests: while it is the same, so are resource and scope, and what was made of them. */
  scopeSerial = 0;
  /** Which item of the request this is, counted from 0: what a limit refuses one by one. */
  ordinal = 0;

  /** `plan` is called once for each new list of resource keys; see `ShapeTrie`. */
  constructor(plan: (keys: readonly string[]) => Resource, limits: DecodeLimits = DECODE_LIMITS) {
    this.reader = new WireReader(limits);
    this.values = new ValueTexts(this.reader);
    this.resource = new Attributes(new ShapeTrie(plan), this.values);
    this.scopeAttributes = new Attributes(new ShapeTrie(() => undefined), this.values);
  }

  /** The text at these places; repeating ones are made only once. */
  text(place: TextSpan): string {
    return this.values.text(place.start, place.end);
  }
}
