import type { WireReader } from '../../otlp/wire';
import { closerTraits, looksOf, possibleTraits, SHORTEST } from './traits';

const SLOT_BITS = 10;
/** Start, length, request and traits of a text stand together, so that one line of a cache holds them. */
const FIELDS = 4;
/** Shorter texts are looked at again: comparing them would cost as much. */
const SHORTEST_KEPT = 8;
const MAX_REQUESTS = 0x7fff_ffff;

/**
 * Traits of the texts of a request; those that take a closer look are kept, for statements, agents and stack traces stand
 * in nearly every span. A text is known by comparing all of it with where it stood before in the same request, so nothing
 * is kept of a request but offsets, which the next one makes void.
 */
export class TraitMemo {
  private readonly kept = new Int32Array(FIELDS << SLOT_BITS);
  private request = 0;
  private reader!: WireReader;
  private readonly wanted: number;

  /** Traits other than the `wanted` ones are not told. */
  constructor(wanted: number) {
    this.wanted = wanted;
  }

  begin(reader: WireReader): void {
    this.reader = reader;
    this.request++;
    if (this.request < MAX_REQUESTS) return;
    this.kept.fill(0);
    this.request = 1;
  }

  /** The traits of the text in [start, end), which must lie in the request. */
  of(start: number, end: number): number {
    const length = end - start;
    if (length < SHORTEST) return 0;
    const looks = looksOf(this.reader.view, start, end);
    const possible = possibleTraits(looks, length) & this.wanted;
    if (possible === 0) return 0;
    return length < SHORTEST_KEPT
      ? closerTraits(this.reader.bytes, start, end, possible)
      : this.ofKept(start, end, possible);
  }

  private ofKept(start: number, end: number, possible: number): number {
    const { kept } = this;
    const { view, bytes } = this.reader;
    const length = end - start;
    const slot =
      (Math.imul(view.getInt32(start, true), 0x9e3779b1) ^
        Math.imul(view.getInt32(start + ((length - 4) >> 1), true), 0x85ebca6b) ^
        Math.imul(view.getInt32(end - 4, true) + length, 0xc2b2ae35)) >>>
      (32 - SLOT_BITS);
    const at = slot * FIELDS;
    if (
      kept[at + 2] === this.request &&
      kept[at + 1] === length &&
      isSame(view, kept[at]!, start, end)
    ) {
      return kept[at + 3]!;
    }
    const traits = closerTraits(bytes, start, end, possible);
    kept[at] = start;
    kept[at + 1] = length;
    kept[at + 2] = this.request;
    kept[at + 3] = traits;
    return traits;
  }
}

/** Whether the bytes from `before` on are those in [start, end), of which there are at least four. */
function isSame(view: DataView, before: number, start: number, end: number): boolean {
  const last = end - 4;
  const back = before - start;
  for (let at = start; at < last; at += 4) {
    if (view.getInt32(at, true) !== view.getInt32(at + back, true)) return false;
  }
  return view.getInt32(last, true) === view.getInt32(last + back, true);
}
