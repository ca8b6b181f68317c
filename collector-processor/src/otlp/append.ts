import type { Additions } from '../core/additions';
import { DecodeError } from '../core/errors';
import { attributeField } from './attributeField';
import { Patches, type Room } from './patches';
import { WireReader } from './wire';

/** Fields of the OTLP messages: the same numbers in traces, metrics and logs. */
const RESOURCE_GROUPS = 10;
const RESOURCE = 10;
const RESOURCE_ATTRIBUTES = 10;
const SCOPE_GROUPS = 18;
const SPANS = 18;
const KEY = 10;

const NO_ADDITIONS: Additions = { ordinals: [], ends: [], bytes: new Uint8Array(0) };

/**
 * Adds attributes to an export request without decoding it: everything is copied as it came, the added attributes are
 * put behind it, and the lengths of the messages around them are written anew, as short as they can be.
 */
export class AttributeAppender {
  private readonly reader = new WireReader();
  private readonly patches = new Patches();
  /** Attribute that every resource gets in place of what it has under this key, and the same inside a `Resource`. */
  private readonly key: Buffer;
  private attribute: Buffer = Buffer.alloc(0);
  private resource: Buffer = Buffer.alloc(0);
  private value: string | undefined;
  private additions = NO_ADDITIONS;
  private ordinal = 0;
  private next = 0;

  /** `resourceKey`: the attribute that `append` can set on resources. */
  constructor(resourceKey: string) {
    this.key = Buffer.from(resourceKey);
  }

  /**
   * The request with `additions` on its spans, and with `value` on each of its resources unless it is undefined.
   * Returns `bytes` itself when there is nothing to add, else it is written where `room` says.
   *
   * @throws DecodeError when the bytes are not an export request
   */
  append(
    bytes: Uint8Array,
    additions: Additions | undefined,
    value: string | undefined,
    room?: Room,
  ): Buffer {
    const { reader, patches } = this;
    reader.open(bytes);
    const whole = reader.bytes;
    if (additions === undefined && value === undefined) return whole;
    this.setValue(value);
    this.additions = additions ?? NO_ADDITIONS;
    this.ordinal = this.next = 0;
    try {
      const end = whole.length;
      while (reader.position < end) {
        const tag = reader.uint32();
        if (tag === RESOURCE_GROUPS) this.inside(end, this.walkGroup);
        else reader.skip(tag, end);
      }
      if (reader.position !== end) throw new DecodeError('request is cut off', end);
      return patches.apply(whole, room);
    } finally {
      patches.clear();
      reader.open(new Uint8Array(0));
      this.additions = NO_ADDITIONS;
    }
  }

  private setValue(value: string | undefined): void {
    if (value !== undefined && value !== this.value) {
      this.attribute = attributeField(1, this.key.toString(), value);
      const patches = new Patches();
      // An empty resource whose content is the attribute.
      const empty = Buffer.from([RESOURCE, 0]);
      const index = patches.open(1, 2);
      patches.insert(2, this.attribute);
      patches.close(index, 0);
      this.resource = patches.apply(empty);
    }
    this.value = value;
  }

  /** Walks the message whose length stands at the position. */
  private inside(limit: number, walk: (end: number) => void): void {
    const { reader, patches } = this;
    const lengthAt = reader.position;
    const end = reader.end(limit);
    const start = reader.position;
    const index = patches.open(lengthAt, start);
    walk(end);
    // A tag may have begun inside the message and ended behind it.
    if (reader.position !== end) throw new DecodeError('message is cut off', reader.position);
    patches.close(index, end - start);
  }

  /** `ResourceSpans`, `ResourceMetrics`, `ResourceLogs`. */
  private readonly walkGroup = (end: number): void => {
    const { reader } = this;
    let resources = 0;
    while (reader.position < end) {
      const tag = reader.uint32();
      if (tag === RESOURCE && this.value !== undefined) {
        // Protobuf merges several occurrences of one message: the attribute goes into the first of them.
        this.inside(end, resources++ === 0 ? this.setAttribute : this.removeAttribute);
      } else if (tag === SCOPE_GROUPS && this.next < this.additions.ordinals.length) {
        this.inside(end, this.walkScope);
      } else reader.skip(tag, end);
    }
    if (this.value !== undefined && resources === 0) this.patches.insert(end, this.resource);
  };

  private readonly setAttribute = (end: number): void => {
    this.removeAttribute(end);
    this.patches.insert(end, this.attribute);
  };

  private readonly removeAttribute = (end: number): void => {
    const { reader } = this;
    while (reader.position < end) {
      const from = reader.position;
      const tag = reader.uint32();
      if (tag === RESOURCE_ATTRIBUTES) {
        const to = reader.end(end);
        if (this.hasKey(to)) this.patches.remove(from, to);
        if (reader.position !== to) throw new DecodeError('attribute is cut off', to);
      } else reader.skip(tag, end);
    }
  };

  /** Whether the `KeyValue` up to `end` is that of `resourceKey`; of several keys in it the last one counts. */
  private hasKey(end: number): boolean {
    const { reader, key } = this;
    let found = false;
    while (reader.position < end) {
      const tag = reader.uint32();
      if (tag === KEY) {
        const to = reader.end(end);
        found = key.equals(reader.bytes.subarray(reader.position, to));
        reader.position = to;
      } else reader.skip(tag, end);
    }
    return found;
  }

  private readonly walkScope = (end: number): void => {
    const { reader, patches } = this;
    const { ordinals, ends, bytes } = this.additions;
    while (reader.position < end) {
      const tag = reader.uint32();
      if (tag === SPANS) {
        const lengthAt = reader.position;
        const to = reader.end(end);
        if (this.ordinal === ordinals[this.next]) {
          const index = patches.open(lengthAt, reader.position);
          patches.insert(to, bytes, this.next === 0 ? 0 : ends[this.next - 1]!, ends[this.next]);
          patches.close(index, to - reader.position);
          this.next++;
        }
        this.ordinal++;
        reader.position = to;
      } else reader.skip(tag, end);
    }
  };
}
