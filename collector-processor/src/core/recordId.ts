import { createHash } from 'node:crypto';
import type { MlRecord } from './mlRecord';

/** Everything a record tells, its exact time included. */
export type Told = Pick<MlRecord, 'inferenceId' | 'traceId' | 'spanId' | 'values'> & {
  /** Nanoseconds since 1970, low and high 32 bits. */
  readonly timeLow: number;
  readonly timeHigh: number;
};

/** 128 bits of a hash of what a record tells: equal records, delivered twice or told in two ways, are one. */
export function recordIdOf(told: Told): string {
  const { inferenceId, traceId, spanId, timeLow, timeHigh, values } = told;
  const text = JSON.stringify([
    inferenceId,
    traceId,
    spanId,
    timeLow >>> 0,
    timeHigh >>> 0,
    values,
  ]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
