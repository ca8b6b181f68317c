import { DAY_MS, HOUR_MS, learnSeason, requestsInHour } from './seasons';

const monday = Date.UTC(2026, 0, 5);

test('learns the hours and weekdays of the data', () => {
  const times = [8, 8, 8, 8, 20].map((hour) => monday + hour * HOUR_MS);
  const season = learnSeason([...times, monday + 5 * DAY_MS + 8 * HOUR_MS]);
  expect(season.hours[8]).toBe(1);
  expect(season.hours[20]).toBeCloseTo(0.2);
  expect(season.hours[3]).toBe(0);
  expect(season.weekdays[1]).toBe(1);
  expect(season.weekdays[6]).toBeCloseTo(0.2);
});

test('no hour has fewer than 300 requests, busy hours and days have more', () => {
  const season = learnSeason(
    [8, 8, 20].flatMap((hour) =>
      [monday, monday + 6 * DAY_MS, monday].map((day) => day + hour * HOUR_MS),
    ),
  );
  const requests = Array.from({ length: 7 * 24 }, (_, hour) =>
    requestsInHour(season, monday + hour * HOUR_MS),
  );
  expect(Math.min(...requests)).toBe(300);
  expect(requests[8]).toBe(390);
  expect(requests[20]).toBe(345);
  expect(requests[6 * 24 + 8]).toBe(345);
});
