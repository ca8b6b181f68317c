import { REDACTED_ATTRIBUTE } from '../../core/redaction';
import { KeyTable } from '../../otlp/keyTable';
import type { WireReader } from '../../otlp/wire';
import { wordsOf } from './contextWords';
import type { NamedBy } from './plans';

/** What is known of a key, worked out once. */
export interface KeyFact extends NamedBy {
  readonly isMark: boolean;
  readonly words: string;
}

/** Keys kept before all is forgotten: bounds memory when a sender makes up keys. */
const MAX_KEYS = 20_000;
/** Longer keys are looked at each time. */
const MAX_LENGTH = 256;
const EVERY_PLAN = -1;

/** Facts about keys by their bytes; the key that followed last time is tried first, which saves the look-up. */
export class KeyFacts {
  private keys = new KeyTable();
  private facts: KeyFact[] = [];
  private next = new Int32Array(MAX_KEYS + 1);
  private last = 0;
  private readonly named: (name: string) => NamedBy;

  constructor(named: (name: string) => NamedBy) {
    this.named = named;
    this.forget();
  }

  of(reader: WireReader, start: number, length: number): KeyFact {
    const predicted = this.next[this.last]!;
    if (this.keys.equals(predicted, reader.view, start, length)) {
      this.last = predicted;
      return this.facts[predicted]!;
    }
    return this.find(reader, start, length);
  }

  private find({ bytes }: WireReader, start: number, length: number): KeyFact {
    if (length > MAX_LENGTH) return this.make(bytes.toString('utf8', start, start + length));
    if (this.keys.size >= MAX_KEYS) this.forget();
    const id = this.keys.intern(bytes, start, length);
    if (id === this.facts.length) this.facts.push(this.make(this.keys.texts[id]!));
    this.next[this.last] = id;
    this.last = id;
    return this.facts[id]!;
  }

  private forget(): void {
    this.keys = new KeyTable();
    // Key 0 is the empty one, so that a prediction is a known key from the start.
    this.keys.intern(Buffer.alloc(0), 0, 0);
    this.facts = [this.make('')];
    this.next.fill(0);
    this.last = 0;
  }

  private make(name: string): KeyFact {
    const isMark = name === REDACTED_ATTRIBUTE;
    const { rules, bits } = this.named(name);
    return { rules, bits: isMark ? EVERY_PLAN : bits, isMark, words: wordsOf(name) };
  }
}
