import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/** A clock hour, the last one cut off at now. */
export interface Slot {
  readonly startMs: number;
  readonly lengthMs: number;
}

/** Finished spans of one service in an hour. */
export interface PastSpans {
  readonly service: string;
  /** The model that they are calls of; absent for spans that are none. */
  readonly model?: string;
  readonly spans: ReadableSpan[];
}

/** Something that has been sending for days. */
export interface PastSource {
  /** How many spans of calls an hour has. */
  callsIn(slot: Slot): number;
  /** The hour, of which all calls end before `untilMs`. */
  hour(slot: Slot, untilMs: number): PastSpans[];
}
