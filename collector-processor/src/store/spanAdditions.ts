import type { Additions } from '../core/additions';
import { attributeField } from '../otlp/attributeField';
import { COST_KEYS } from './costAttributes';
import type { Added } from './native/attributeMap';

/** Number of `attributes` in a `Span`. */
const ATTRIBUTES = 9;
const DOUBLE_BYTES = 8;
/** Ends in the eight bytes of the amount, which differ from span to span. */
const AMOUNT = attributeField(ATTRIBUTES, COST_KEYS.keys[0]!, 0);

/** Collects the attributes that are added to the spans of a request, encoded for whoever passes the request on. */
export class SpanAdditions {
  private ordinals: number[] = [];
  private ends: number[] = [];
  private bytes = Buffer.allocUnsafeSlow(16_384);
  private length = 0;
  /** What follows the amount is mostly the same as for the span before. */
  private lastTexts = ['', '', ''];
  private lastFields = Buffer.alloc(0);

  /** To be called before each walk through a request. */
  begin(): void {
    this.length = 0;
    if (this.ordinals.length === 0) return;
    this.ordinals = [];
    this.ends = [];
  }

  /** `cost` in billionths of the currency. */
  add(ordinal: number, { keys, texts }: Added, cost: number): void {
    if (keys === COST_KEYS) {
      this.put(AMOUNT);
      this.bytes.writeDoubleLE(cost / 1e9, this.length - DOUBLE_BYTES);
      this.put(this.fieldsOf(texts));
    } else {
      keys.keys.forEach((key, index) => {
        this.put(attributeField(ATTRIBUTES, key, texts[index]!));
      });
    }
    this.ordinals.push(ordinal);
    this.ends.push(this.length);
  }

  /** What was collected since `begin`; undefined when that is nothing. */
  take(): Additions | undefined {
    const { ordinals, ends } = this;
    if (ordinals.length === 0) return undefined;
    this.ordinals = [];
    this.ends = [];
    return { ordinals, ends, bytes: Buffer.from(this.bytes.subarray(0, this.length)) };
  }

  private fieldsOf([, ...texts]: readonly string[]): Buffer {
    if (texts.some((text, index) => text !== this.lastTexts[index])) {
      this.lastTexts = texts;
      this.lastFields = Buffer.concat(
        texts.map((text, index) => attributeField(ATTRIBUTES, COST_KEYS.keys[index + 1]!, text)),
      );
    }
    return this.lastFields;
  }

  private put(field: Buffer): void {
    if (this.length + field.length > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * (this.length + field.length));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    field.copy(this.bytes, this.length);
    this.length += field.length;
  }
}
