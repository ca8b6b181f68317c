import { VALUE_TAG } from '../../otlp/valueKind';
import { isLargeDouble, SHORTEST_NUMBER } from '../../otlp/rewrite/numberSize';
import type { WireReader } from '../../otlp/wire';
import type { KeyFacts } from './keyFacts';
import type { Plan } from './plans';
import type { TraitMemo } from './traitMemo';

/**
 * The look at an attribute that nearly all of them pass: of the form that every SDK writes, under a key that no rule
 * names, with a value that no detector could hit. What does not pass is looked at with care, in every form.
 */
export class QuickLook {
  private readonly keys: KeyFacts;
  private readonly memo: TraitMemo;
  private reader!: WireReader;

  constructor(keys: KeyFacts, memo: TraitMemo) {
    this.keys = keys;
    this.memo = memo;
  }

  begin(reader: WireReader): void {
    this.reader = reader;
  }

  /** Whether the `KeyValue` in [start, end) surely is nothing for the rules of `plan`; lists only pass where `lists` says so. */
  passes(start: number, end: number, plan: Plan, lists: boolean): boolean {
    const { bytes } = this.reader;
    const keyLength = bytes[start + 1]!;
    let at = start + 2 + keyLength;
    if (bytes[start] !== 10 || keyLength >= 128 || at + 2 > end || bytes[at] !== 18) return false;
    let length = bytes[at + 1]!;
    at += 2;
    if (length >= 128) {
      if (bytes[at]! >= 128) return false;
      length += (bytes[at]! - 1) << 7;
      at++;
    }
    if (at + length !== end) return false;
    if ((this.keys.bitsOf(this.reader, start + 2, keyLength) & plan.bit) !== 0) return false;
    if (length === 0) return true;
    return lists && bytes[at] === VALUE_TAG.array
      ? this.textsPass(at, end, plan.traits)
      : this.valuePasses(at, end, plan.traits);
  }

  /** An `AnyValue` of at least one byte. */
  private valuePasses(start: number, end: number, traits: number): boolean {
    const { bytes } = this.reader;
    switch (bytes[start]) {
      case VALUE_TAG.text: {
        let at = start + 2;
        let length = bytes[start + 1]!;
        if (length >= 128) {
          if (bytes[at]! >= 128) return false;
          length += (bytes[at]! - 1) << 7;
          at++;
        }
        return at + length === end && (this.memo.of(at, end) & traits) === 0;
      }
      case VALUE_TAG.double:
        return start + 9 === end && !isLargeDouble(bytes[start + 8]!);
      case VALUE_TAG.int:
      case VALUE_TAG.bool: {
        let at = start + 1;
        while (at < end && bytes[at]! >= 128) at++;
        return at + 1 === end && end - start <= SHORTEST_NUMBER;
      }
      default:
        return false;
    }
  }

  /** A list of short texts; whatever else a list holds does not pass. */
  private textsPass(start: number, end: number, traits: number): boolean {
    const { bytes } = this.reader;
    const length = bytes[start + 1]!;
    let at = start + 2;
    if (length >= 128 || at + length !== end) return false;
    while (at + 2 < end) {
      const from = at + 2;
      const itemEnd = from + bytes[at + 1]!;
      if (bytes[at] !== 10 || itemEnd > end || bytes[from] !== VALUE_TAG.text) return false;
      if (!this.valuePasses(from, itemEnd, traits)) return false;
      at = itemEnd;
    }
    return at === end;
  }
}
