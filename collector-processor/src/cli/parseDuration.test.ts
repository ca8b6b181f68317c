import { parseDuration } from './parseDuration';

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['500ms', 500],
    ['20s', 20_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
  ])('reads %s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each(['', '20', 's', '-1s', '1.5s', '1d', ' 1s', '1e3s'])('refuses %p', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
