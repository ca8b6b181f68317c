import type { OtlpRequest } from '../../core/consumer';
import { REDACTED_ATTRIBUTE, type RedactContext } from '../../core/redaction';
import { DecodeError } from '../../core/errors';
import { attributeField, prefixed } from './encode';
import { EditList } from './editList';
import type { RewriteVisitor } from './rewriteVisitor';
import { type MessagePlaces, PLACE, REQUEST_PLACES } from './textPlaces';
import { type Mark, REMOVED, ValueRewriter } from './valueRewriter';
import { DECODE_LIMITS, WireReader } from '../wire';

const EMPTY = new Uint8Array(0);

/**
 * Walks a request of any signal, shows the visitor every attribute and free text, and copies the request with the
 * changes that the visitor asks for; lengths around a change are adjusted, all else stays byte for byte. A message in
 * which something was changed says so in an attribute `plumbline.redacted`.
 */
export class RequestRewriter {
  private readonly reader: WireReader;
  private readonly edits = new EditList();
  private readonly visitor: RewriteVisitor;
  private readonly values: ValueRewriter;

  /** `maxNesting` is the decoder's: arrays and maps that it would refuse for their depth are emptied unseen. */
  constructor(visitor: RewriteVisitor, maxNesting: number) {
    this.visitor = visitor;
    this.reader = new WireReader({ ...DECODE_LIMITS, maxNesting });
    this.values = new ValueRewriter(this.reader, this.edits, visitor, maxNesting);
  }

  /** The very same bytes when nothing was changed. Throws `DecodeError` when they are not such a request. */
  rewrite({ signal, bytes }: Pick<OtlpRequest, 'signal' | 'bytes'>): Uint8Array {
    const { reader, edits, values } = this;
    reader.open(bytes);
    edits.clear();
    values.begin();
    this.visitor.begin(signal, reader);
    this.message(REQUEST_PLACES[signal], bytes.length, undefined);
    return edits.length === 0 ? bytes : edits.apply(reader.bytes);
  }

  /** Walks a message in [reader.position, end); returns by how much it grows. */
  private message(places: MessagePlaces, end: number, outer: RedactContext | undefined): number {
    const { reader, values } = this;
    const context = places.context ?? outer;
    if (context !== undefined && context !== outer) this.visitor.enter(context);
    if (places.markField === 0) return this.fields(places, end, context);
    const around = values.exchangeRecord(undefined);
    let growth = this.fields(places, end, context);
    const record = values.exchangeRecord(around);
    if (record !== undefined && record.kinds.size > 0) {
      growth += this.writeMark(places.markField, record, end);
    }
    reader.position = end;
    return growth;
  }

  private fields(places: MessagePlaces, end: number, context: RedactContext | undefined): number {
    const { reader, values } = this;
    const { byTag } = places;
    let growth = 0;
    while (reader.position < end) {
      let start = reader.position;
      const first = reader.bytes[start]!;
      if (byTag[first] === PLACE.attribute) {
        reader.position = start = values.pass(first, start, end);
        if (start === end) break;
      }
      const tag = reader.uint32();
      const place = tag < 128 ? byTag[tag] : PLACE.other;
      if (place === PLACE.other) {
        reader.skip(tag, end);
        continue;
      }
      const lengthAt = reader.position;
      const fieldEnd = reader.end(end);
      if (place === PLACE.attribute) {
        growth += values.attribute(start, lengthAt, fieldEnd);
      } else if (place === PLACE.text) {
        growth += this.text(lengthAt, fieldEnd);
      } else if (place === PLACE.value) {
        growth += this.body(start, lengthAt, fieldEnd);
      } else {
        const child = places.children[tag]!;
        const from = reader.position;
        growth += values.resize(lengthAt, from, fieldEnd, this.message(child, fieldEnd, context));
        if (context !== undefined && child.context !== context) this.visitor.enter(context);
      }
      reader.position = fieldEnd;
    }
    if (reader.position !== end) throw new DecodeError('message is cut off', reader.position);
    return growth;
  }

  private text(lengthAt: number, end: number): number {
    const { visitor, reader } = this;
    if (!visitor.suspects(reader.position, end)) return 0;
    visitor.key(reader.position, 0);
    const change = visitor.text(reader.position, end);
    if (change === undefined) return 0;
    this.values.note(change);
    return this.edits.replace(lengthAt, end, prefixed(change.text ?? EMPTY));
  }

  private body(start: number, lengthAt: number, end: number): number {
    const before = this.edits.length;
    this.values.showKey(this.reader.position, 0);
    const growth = this.values.value(lengthAt, end);
    if (growth !== REMOVED) return growth;
    this.edits.cut(before);
    return this.edits.replace(start, end, EMPTY);
  }

  /** Puts the mark at the end of a message; what an earlier rewriting told is told on. */
  private writeMark(field: number, { kinds, earlier }: Mark, end: number): number {
    let growth = 0;
    for (const { start, end: markEnd, kinds: told } of earlier) {
      growth += this.edits.replace(start, markEnd, EMPTY);
      for (const kind of told) kinds.add(kind);
    }
    const text = [...kinds].sort().join(',');
    return growth + this.edits.replace(end, end, attributeField(field, REDACTED_ATTRIBUTE, text));
  }
}
