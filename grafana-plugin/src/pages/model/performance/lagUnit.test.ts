/** @jest-environment node */
import { lagUnit } from './lagUnit';

describe('the unit of waits', () => {
  it.each([
    [[3600, null, 60], 'minute'],
    [[7200], 'hour'],
    [[86_400 * 9, 5], 'day'],
    [[null, 12], 'second'],
    [[], 'second'],
  ] as const)('of %j is the %s', (waits, name) => {
    expect(lagUnit(waits).name).toBe(name);
  });
});
