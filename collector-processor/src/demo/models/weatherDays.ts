import { DAY_MS } from '../seasons';
import { dataFile } from './dataFile';

export const WEATHERS = ['drizzle', 'fog', 'rain', 'snow', 'sun'] as const;

/** A day in Seattle and the weather of the day after. */
export interface WeatherDay {
  readonly dateMs: number;
  /** 0 to 365. */
  readonly dayOfYear: number;
  /** January is 1. */
  readonly month: number;
  /** Millimetres. */
  readonly precipitation: number;
  /** Degrees Celsius. */
  readonly tempMax: number;
  readonly tempMin: number;
  /** Change of `tempMax` since the day before. */
  readonly tempChange: number;
  /** Metres a second. */
  readonly wind: number;
  readonly weather: string;
  readonly tomorrow: number;
}

/** 0 for the first of January (UTC). */
export function dayOfYear(timeMs: number): number {
  return Math.floor((timeMs - Date.UTC(new Date(timeMs).getUTCFullYear(), 0, 1)) / DAY_MS);
}

interface Record {
  readonly dateMs: number;
  readonly numbers: readonly number[];
  readonly weather: string;
}

function recordOf(line: string): Record {
  const [date, ...rest] = line.split(',');
  return {
    dateMs: Date.parse(`${date!}T00:00:00Z`),
    numbers: rest.slice(0, 4).map(Number),
    weather: rest[4]!,
  };
}

/** The days of 2012 to 2015, in order, except the first and the last: one has no day before, the other none after. */
export function loadWeatherDays(): WeatherDay[] {
  const records = dataFile('seattle-weather.csv').trim().split('\n').slice(1).map(recordOf);
  return records.slice(1, -1).map(({ dateMs, numbers, weather }, index) => {
    const [precipitation, tempMax, tempMin, wind] = numbers as [number, number, number, number];
    return {
      dateMs,
      dayOfYear: dayOfYear(dateMs),
      month: new Date(dateMs).getUTCMonth() + 1,
      precipitation,
      tempMax,
      tempMin,
      tempChange: tempMax - records[index]!.numbers[1]!,
      wind,
      weather,
      tomorrow: (WEATHERS as readonly string[]).indexOf(records[index + 2]!.weather),
    };
  });
}
