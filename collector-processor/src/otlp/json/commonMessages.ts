import { base64, bool, double, int64, text, uint32 } from './scalars';
import { choice, many, message, one } from './schema';
import type { Message } from './schema';

/** Messages of opentelemetry/proto/common/v1 and resource/v1 that every signal uses. */

export const anyValue: Message = choice(() => [
  one(1, 'stringValue', text),
  one(2, 'boolValue', bool),
  one(3, 'intValue', int64),
  one(4, 'doubleValue', double),
  one(5, 'arrayValue', arrayValue),
  one(6, 'kvlistValue', keyValueList),
  one(7, 'bytesValue', base64),
]);

const arrayValue = message(() => [many(1, 'values', anyValue)]);
const keyValueList = message(() => [many(1, 'values', keyValue)]);

export const keyValue = message(() => [one(1, 'key', text), one(2, 'value', anyValue)]);

export const resource = message(() => [
  many(1, 'attributes', keyValue),
  one(2, 'droppedAttributesCount', uint32),
]);

export const instrumentationScope = message(() => [
  one(1, 'name', text),
  one(2, 'version', text),
  many(3, 'attributes', keyValue),
  one(4, 'droppedAttributesCount', uint32),
]);
