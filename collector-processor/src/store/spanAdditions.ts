import type { Additions } from '../core/additions';
import { attributeField } from '../otlp/attributeField';
import { WITH_COST } from './costAttributes';
import type { Added } from './native/attributeMap';

/** Number of `attributes` in a `Span`. */
const ATTRIBUTES = 9;
const DOUBLE_BYTES = 8;
/** Ends in the eight bytes of the amount, which differ from span to span. */
const AMOUNT = attributeField(ATTRIBUTES, WITH_COST.keys[0]!, 0);

/** Collects the attributes that are added to the spans of a request, encoded for whoever passes the request on. */
export class SpanAdditions {
  private ordinals: number[] = [];
  private ends: number[] = [];
  private bytes = Buffer.allocUnsafeSlow(16_384);
  private length = 0;
  private view = new DataView(this.bytes.buffer);
  /** Fields with an amount of 0; all but the amount is mostly the same as for the span before. */
  private template = Buffer.alloc(0);
  private currency = '';
  private source = '';
  private status = '';

  /** To be called before each walk through a request. */
  begin(): void {
    this.length = 0;
    if (this.ordinals.length === 0) return;
    this.ordinals = [];
    this.ends = [];
  }

  /** Attributes of the span that was walked over last: these, those encoded already, or both. `cost` in billionths. */
  add(ordinal: number, added: Added | undefined, cost: number, encoded?: Uint8Array): void {
    if (added !== undefined) this.putAdded(added, cost);
    if (encoded !== undefined) this.put(encoded);
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

  private putAdded({ keys, texts }: Added, cost: number): void {
    if (keys === WITH_COST) {
      this.updateTemplate(texts[1]!, texts[2]!, texts[3]!);
      const amountAt = this.length + AMOUNT.length - DOUBLE_BYTES;
      this.put(this.template);
      this.view.setFloat64(amountAt, cost / 1e9, true);
    } else {
      keys.keys.forEach((key, index) => {
        this.put(attributeField(ATTRIBUTES, key, texts[index]!));
      });
    }
  }

  private updateTemplate(currency: string, source: string, status: string): void {
    if (currency === this.currency && source === this.source && status === this.status) return;
    this.currency = currency;
    this.source = source;
    this.status = status;
    const fields = [currency, source, status].map((text, index) =>
      attributeField(ATTRIBUTES, WITH_COST.keys[index + 1]!, text),
    );
    this.template = Buffer.concat([AMOUNT, ...fields]);
  }

  private put(field: Uint8Array): void {
    if (this.length + field.length > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * (this.length + field.length));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    this.bytes.set(field, this.length);
    this.length += field.length;
  }
}
