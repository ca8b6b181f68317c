import type { Signal } from '../../core/consumer';
import type { RedactContext } from '../../core/redaction';
import type { WireReader } from '../wire';

/** What is to become of a text or a value. */
export interface Change {
  /** Why, for the mark; sorted or not. */
  readonly kinds: readonly string[];
  /** The bytes of the text that takes its place; undefined: it goes, with the attribute that holds it. */
  readonly text: Uint8Array | undefined;
}

/** Decides what is changed in a request. The rewriter shows it everything that a service wrote freely. */
export interface RewriteVisitor {
  begin(signal: Signal, reader: WireReader): void;
  /** The walk is in a message of this context from now on. */
  enter(context: RedactContext): void;
  /**
   * Cheap, for what is harmless: whether a `KeyValue` in [start, end) surely has nothing to change; false when in doubt.
   * Without `lists` a list is always one. The key last shown stays the one that counts.
   */
  passes(start: number, end: number, lists: boolean): boolean;
  /** A key, before its value; false when nothing follows from the key. Length 0: what follows has no key. */
  key(start: number, length: number): boolean;
  /** What follows from the key last shown, whatever the value is; `value` is its text, or its JSON. */
  changeByKey(value: () => Buffer): Change | undefined;
  /** Whether the key last shown is the mark of an earlier rewriting. */
  isMark(): boolean;
  /** Cheap: false when `text` would surely find nothing in these bytes. */
  suspects(start: number, end: number): boolean;
  /** A text. Called at most once for each. */
  text(start: number, end: number): Change | undefined;
  /** A whole number from 0 up, in decimal. */
  number(digits: string): Change | undefined;
}
