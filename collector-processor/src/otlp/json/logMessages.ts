import { anyValue, instrumentationScope, keyValue, resource } from './commonMessages';
import { enumOf, fixed32, fixed64, hexId, text, uint32 } from './scalars';
import { many, message, one } from './schema';

/** Messages of opentelemetry/proto/logs/v1; `logRequest` is `ExportLogsServiceRequest`. */

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** Four steps a level: `SEVERITY_NUMBER_INFO`, `SEVERITY_NUMBER_INFO2`, … */
const severityNumber = enumOf([
  'SEVERITY_NUMBER_UNSPECIFIED',
  ...LEVELS.flatMap((level) =>
    ['', '2', '3', '4'].map((step) => `SEVERITY_NUMBER_${level}${step}`),
  ),
]);

const logRecord = message(() => [
  one(1, 'timeUnixNano', fixed64),
  one(2, 'severityNumber', severityNumber),
  one(3, 'severityText', text),
  one(5, 'body', anyValue),
  many(6, 'attributes', keyValue),
  one(7, 'droppedAttributesCount', uint32),
  one(8, 'flags', fixed32),
  one(9, 'traceId', hexId(16)),
  one(10, 'spanId', hexId(8)),
  one(11, 'observedTimeUnixNano', fixed64),
  one(12, 'eventName', text),
]);

const scopeLogs = message(() => [
  one(1, 'scope', instrumentationScope),
  many(2, 'logRecords', logRecord),
  one(3, 'schemaUrl', text),
]);

const resourceLogs = message(() => [
  one(1, 'resource', resource),
  many(2, 'scopeLogs', scopeLogs),
  one(3, 'schemaUrl', text),
]);

export const logRequest = message(() => [many(1, 'resourceLogs', resourceLogs)]);
