import { DecodeError } from '../../core/errors';
import { encodeMessage } from './encodeMessage';
import { parseExactJson } from './parseExactJson';
import { ReverseWriter } from './reverseWriter';
import type { Message } from './schema';

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new DecodeError('JSON is not valid UTF-8');
  }
}

/**
 * OTLP/JSON to the protobuf bytes of the same request, so that everything behind the receiver reads one format.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 *
 * @throws DecodeError naming the path and the value that does not fit
 */
export function jsonToProtobuf(request: Message, json: Uint8Array, maxDepth: number): Buffer {
  const value = parseExactJson(textOf(json), maxDepth);
  // JSON spells every field's name, so its protobuf is hardly ever longer.
  const writer = new ReverseWriter(json.length);
  encodeMessage(writer, request, value, []);
  return writer.finish();
}
