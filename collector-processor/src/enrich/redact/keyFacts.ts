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

/** The guess at a key by its length, beginning, middle and end has this many bits. */
const GUESS_BITS = 12;

/** Facts about keys by their bytes. A guess that is always compared saves most look-ups. */
export class KeyFacts {
  private keys = new KeyTable();
  private facts: KeyFact[] = [];
  private readonly bits = new Int32Array(MAX_KEYS + 1);
  private readonly guesses = new Int32Array(1 << GUESS_BITS);
  private readonly named: (name: string) => NamedBy;

  constructor(named: (name: string) => NamedBy) {
    this.named = named;
    this.forget();
  }

  of(reader: WireReader, start: number, length: number): KeyFact {
    if (length > MAX_LENGTH) return this.make(reader.bytes.toString('utf8', start, start + length));
    return this.facts[this.idOf(reader, start, length)]!;
  }

  /** The `bits` of a key of at most `MAX_LENGTH` bytes. */
  bitsOf(reader: WireReader, start: number, length: number): number {
    return this.bits[this.idOf(reader, start, length)]!;
  }

  private idOf({ bytes, view }: WireReader, start: number, length: number): number {
    if (length < 4) return length === 0 ? 0 : this.find(bytes, start, length);
    const slot =
      (Math.imul(view.getInt32(start, true), 0x9e3779b1) ^
        Math.imul(view.getInt32(start + ((length - 4) >> 1), true), 0x85ebca6b) ^
        Math.imul(view.getInt32(start + length - 4, true) + length, 0xc2b2ae35)) >>>
      (32 - GUESS_BITS);
    const guess = this.guesses[slot]!;
    if (this.keys.equals(guess, view, start, length)) return guess;
    return (this.guesses[slot] = this.find(bytes, start, length));
  }

  private find(bytes: Buffer, start: number, length: number): number {
    if (this.keys.size >= MAX_KEYS) this.forget();
    const id = this.keys.intern(bytes, start, length);
    if (id === this.facts.length) {
      const fact = this.make(this.keys.texts[id]!);
      this.facts.push(fact);
      this.bits[id] = fact.bits;
    }
    return id;
  }

  private forget(): void {
    this.keys = new KeyTable();
    // Key 0 is the empty one, so that a guess is a known key from the start.
    this.keys.intern(Buffer.alloc(0), 0, 0);
    this.facts = [this.make('')];
    this.bits[0] = this.facts[0]!.bits;
    this.guesses.fill(0);
  }

  private make(name: string): KeyFact {
    const isMark = name === REDACTED_ATTRIBUTE;
    const { rules, bits } = this.named(name);
    return { rules, bits: isMark ? EVERY_PLAN : bits, isMark, words: wordsOf(name) };
  }
}
