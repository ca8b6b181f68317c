/** A part of the day in milliseconds since midnight UTC; `from > to` passes midnight. */
export interface DayHours {
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 86_400_000;

/** Reads `HH:MM-HH:MM`. */
export function parseDayHours(text: string): DayHours | undefined {
  const found = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (found === null) return undefined;
  const [fromHour, fromMinute, toHour, toMinute] = found.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const [from, to] = [(fromHour * 60 + fromMinute) * 60_000, (toHour * 60 + toMinute) * 60_000];
  return from === to ? undefined : { from, to };
}

/** Whether a Unix time in milliseconds falls into the hours. */
export function isWithin(hours: DayHours, time: number): boolean {
  const sinceMidnight = ((time % DAY_MS) + DAY_MS) % DAY_MS;
  return hours.from < hours.to
    ? sinceMidnight >= hours.from && sinceMidnight < hours.to
    : sinceMidnight >= hours.from || sinceMidnight < hours.to;
}
