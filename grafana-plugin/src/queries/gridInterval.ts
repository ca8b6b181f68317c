const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps that fall on the minutes of which the store keeps its windows. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 30].map((days) => days * DAY),
];

/** About so many points make a line: more cannot be told apart on a screen. */
const POINTS = 150;

/** What `$__timeInterval` rounds to over a range, in milliseconds: a round step that makes at most 150 points of it. */
export const gridInterval = (fromMs: number, toMs: number): number =>
  STEPS.find((step) => (toMs - fromMs) / step <= POINTS) ?? 30 * DAY;
