import { DecodeError } from '../../core/errors';
import type { ReverseWriter } from './reverseWriter';
import type { Field, Message } from './schema';

const SHOWN_CHARACTERS = 60;

/** Where the value stands in the request: names and indexes from the outside in. */
type Path = (string | number)[];

function mismatch(path: Path, value: unknown, expected: string): DecodeError {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return new DecodeError(`${place.slice(1) || 'request'}: ${shown(value)} is not ${expected}`);
}

/** The value as an error shows it: never longer than a line, whatever was sent. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  const tooLong = typeof value === 'string' && value.length > SHOWN_CHARACTERS;
  if (typeof value === 'number') return String(value);
  return tooLong ? `"${value.slice(0, SHOWN_CHARACTERS)}…"` : JSON.stringify(value);
}

function writeOne(writer: ReverseWriter, field: Field, value: unknown, path: Path): void {
  const { type, packed } = field;
  if ('fields' in type) {
    const before = writer.written;
    encodeMessage(writer, type, value, path);
    writer.uint32(writer.written - before);
    writer.tag(field.id, 2);
    return;
  }
  const expected = type.write(writer, value);
  if (expected !== undefined) throw mismatch(path, value, expected);
  if (!packed) writer.tag(field.id, type.wire);
}

function writeField(writer: ReverseWriter, field: Field, value: unknown, path: Path): void {
  if (!field.repeated) {
    writeOne(writer, field, value, path);
    return;
  }
  if (!Array.isArray(value)) throw mismatch(path, value, 'an array');
  const before = writer.written;
  for (let index = value.length - 1; index >= 0; index--) {
    path.push(index);
    writeOne(writer, field, value[index], path);
    path.pop();
  }
  if (!field.packed || value.length === 0) return;
  writer.uint32(writer.written - before);
  writer.tag(field.id, 2);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys of known fields that are not null, in the order of the field numbers; usually that is the order they came in. */
function keysInOrder(value: Record<string, unknown>, { fields }: Message): string[] {
  const keys = Object.keys(value);
  let last = 0;
  let asTheyAre = true;
  for (const key of keys) {
    const id = value[key] === null ? 0 : (fields.get(key)?.id ?? 0);
    asTheyAre &&= id > last;
    last = id;
  }
  if (asTheyAre) return keys;
  return keys
    .filter((key) => value[key] !== null && fields.has(key))
    .sort((left, right) => fields.get(left)!.id - fields.get(right)!.id);
}

/**
 * Writes the fields of a message, in the order of their numbers whatever their order in the JSON. Fields that the
 * schema does not know are ignored, as OTLP/JSON demands; null means absent.
 *
 * @throws DecodeError naming the path, the value and what it should have been
 */
export function encodeMessage(
  writer: ReverseWriter,
  type: Message,
  value: unknown,
  path: Path,
): void {
  if (!isObject(value)) throw mismatch(path, value, 'an object');
  const keys = keysInOrder(value, type);
  if (keys.length > 1 && type.oneof) {
    throw mismatch(path, value, `one value, it has ${keys.join(' and ')}`);
  }
  let next: Field | undefined;
  for (let index = keys.length - 1; index >= 0; index--) {
    const key = keys[index]!;
    const field = type.fields.get(key)!;
    path.push(key);
    if (field === next) throw mismatch(path, value[key], 'the only spelling of it');
    writeField(writer, field, value[key], path);
    path.pop();
    next = field;
  }
}
