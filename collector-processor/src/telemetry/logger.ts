import pino, { type DestinationStream, type Logger } from 'pino';

export interface LoggerSettings {
  readonly logLevel: string;
  /** `service.instance.id`, on every line. */
  readonly instance: string;
}

export interface LoggerParts {
  /** Where lines go; standard output when absent. */
  readonly stream?: DestinationStream;
  /** Fields that are looked up for every line, for example the trace it belongs to. */
  readonly context?: () => object;
}

/** JSON lines: `level` as a word, `time` as RFC 3339, and the trace and span during which they were written. */
export const createLogger = (
  { stream, context = () => ({}) }: LoggerParts,
  { logLevel, instance }: LoggerSettings,
): Logger =>
  pino(
    {
      level: logLevel,
      base: { service: 'plumbline', instance },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      mixin: context,
    },
    stream ?? pino.destination({ fd: 1, sync: true }),
  );
