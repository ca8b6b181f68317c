/** @jest-environment node */
import { timeTicks } from './timeTicks';

const HOUR = 3_600_000;
const at = Date.UTC(2026, 10, 21, 21, 36);
const texts = (ticks: readonly number[]) =>
  ticks.map((ms) => new Date(ms).toISOString().slice(5, 16));

describe('ticks of time', () => {
  it('are round moments that have room beside each other', () => {
    const { ticks, unit } = timeTicks({ from: at - 6 * HOUR, to: at }, 500);
    expect(texts(ticks)).toEqual([
      '11-21T16:00',
      '11-21T17:00',
      '11-21T18:00',
      '11-21T19:00',
      '11-21T20:00',
      '11-21T21:00',
    ]);
    expect(unit).toBe('minute');
    expect(timeTicks({ from: at - 6 * HOUR, to: at }, 250).ticks).toHaveLength(3);
  });

  it('tell the day too where there is more than one, and only the day where they are days', () => {
    expect(timeTicks({ from: at - 48 * HOUR, to: at }, 900).unit).toBe('hour');
    const { ticks, unit } = timeTicks({ from: at - 7 * 24 * HOUR, to: at }, 900);
    expect([ticks.length, unit]).toEqual([7, 'day']);
    expect(texts(ticks).every((text) => text.endsWith('T00:00'))).toBe(true);
  });

  it('are round on the clock of the user', () => {
    const { ticks } = timeTicks({ from: at - 7 * 24 * HOUR, to: at }, 900, 5.5 * HOUR);
    expect(texts(ticks).every((text) => text.endsWith('T18:30'))).toBe(true);
  });

  it('are none where there is nothing to divide, and few for a range of many years', () => {
    expect(timeTicks({ from: at, to: at }, 500).ticks).toEqual([]);
    expect(timeTicks({ from: at - HOUR, to: at }, 0).ticks).toEqual([]);
    expect(timeTicks({ from: 0, to: at }, 500).ticks.length).toBeLessThan(3);
  });
});
