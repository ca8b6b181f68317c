import { readAnyValue, type ValueSpan } from '../anyValue';
import { VALUE_KIND } from '../valueKind';
import type { WireReader } from '../wire';

const KINDS = /^[a-z0-9_]{1,40}(?:,[a-z0-9_]{1,40}){0,63}$/;

/**
 * The kinds that a mark tells whose key ends at `keyEnd`; undefined when it is not written as we write it: then it is an
 * attribute like others, and searched like others.
 */
export function readMark(
  reader: WireReader,
  keyEnd: number,
  end: number,
): readonly string[] | undefined {
  reader.position = keyEnd;
  if (keyEnd === end || reader.uint32() !== 18 || reader.end(end) !== end) return undefined;
  const value: ValueSpan = { kind: VALUE_KIND.empty, start: 0, end: 0 };
  readAnyValue(reader, end, value);
  if (value.kind !== VALUE_KIND.text || value.end !== end) return undefined;
  const text = reader.bytes.toString('latin1', value.start, value.end);
  return KINDS.test(text) ? text.split(',') : undefined;
}
