import type { Range } from './scale';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances at which people expect a clock or a calendar to be marked. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28, 56, 112, 224].map((days) => days * DAY),
];

export interface TimeTicks {
  readonly ticks: readonly number[];
  /** What a tick has to tell: the time of day, that with its day, or the day. */
  readonly unit: 'minute' | 'hour' | 'day';
}

const unitOf = (stepMs: number, lengthMs: number): TimeTicks['unit'] => {
  if (stepMs >= DAY) return 'day';
  return lengthMs > DAY ? 'hour' : 'minute';
};

/** How wide the text of a tick is at 11 pixels, with the room around it, in pixels. */
const ROOM: Readonly<Record<TimeTicks['unit'], number>> = { minute: 64, hour: 104, day: 64 };

/**
 * Round moments of a range (epoch milliseconds) whose texts fit into `pixels` beside each other. `offsetMs` is how far the
 * clock of the user is ahead of UTC: midnight has to be theirs.
 */
export const timeTicks = ({ from, to }: Range, pixels: number, offsetMs = 0): TimeTicks => {
  const length = to - from;
  if (!(length > 0) || !(pixels > 0)) return { ticks: [], unit: 'minute' };
  const fits = (step: number): boolean => (pixels * step) / length >= ROOM[unitOf(step, length)];
  const step = STEPS.find(fits) ?? Math.ceil(length / DAY) * DAY;
  const first = Math.ceil((from + offsetMs) / step);
  const last = Math.floor((to + offsetMs) / step);
  return {
    ticks: Array.from(
      { length: Math.max(0, last - first + 1) },
      (_, index) => (first + index) * step - offsetMs,
    ),
    unit: unitOf(step, length),
  };
};
