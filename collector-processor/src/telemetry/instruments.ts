import type { Logger } from 'pino';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../core/clock';
import { createLimitedLog } from './limitedLog';

type Level = 'debug' | 'info' | 'warn' | 'error';
type Fields = Readonly<Record<string, unknown>>;

/** What the events of the catalogue are made of. Every metric is named `plumbline_…` with its unit. */
export interface Instruments {
  /** A log line with the event's name. */
  log(level: Level, event: string, fields: Fields, message: string): void;
  /** As `log`, at most once in ten seconds for one event and `key`. */
  logLimited(level: Level, event: string, key: string, fields: Fields, message: string): void;
  counter<Label extends string>(
    name: `plumbline_${string}_total`,
    help: string,
    labels: readonly Label[],
  ): Counter<Label>;
  seconds<Label extends string>(
    name: `plumbline_${string}_seconds`,
    help: string,
    labels: readonly Label[],
  ): Histogram<Label>;
  gauge<Label extends string>(
    name: `plumbline_${string}`,
    help: string,
    labels: readonly Label[],
  ): Gauge<Label>;
  /** A gauge whose value is read whenever somebody looks. */
  readonly readGauge: (name: `plumbline_${string}`, help: string, read: () => number) => void;
}

/** From a row visible at once to an insert that ran into its limit. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface InstrumentParts {
  readonly logger: Logger;
  readonly registry: Registry;
  readonly clock: Clock;
}

export const createInstruments = ({ logger, registry, clock }: InstrumentParts): Instruments => {
  const limited = createLimitedLog(clock);
  const registers = [registry];
  return {
    log: (level, event, fields, message) => {
      logger[level]({ event, ...fields }, message);
    },
    logLimited: (level, event, key, fields, message) => {
      limited(`${event}\n${key}`, (suppressed) => {
        const left = suppressed === 0 ? {} : { suppressed };
        logger[level]({ event, ...fields, ...left }, message);
      });
    },
    counter: (name, help, labelNames) => new Counter({ name, help, labelNames, registers }),
    seconds: (name, help, labelNames) =>
      new Histogram({ name, help, labelNames, buckets: SECONDS, registers }),
    gauge: (name, help, labelNames) => new Gauge({ name, help, labelNames, registers }),
    readGauge: (name, help, read) => {
      const collect = function (this: Gauge): void {
        this.set(read());
      };
      registry.registerMetric(new Gauge({ name, help, registers: [], collect }));
    },
  };
};
