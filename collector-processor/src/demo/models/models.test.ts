import { DAY_MS, HOUR_MS } from '../seasons';
import { trainFlightDelays } from './flightDelays';
import { trainSeattleWeather } from './seattleWeather';
import { brierSkill } from './servedModel';

const flights = trainFlightDelays();
const weather = trainSeattleWeather(Date.UTC(2026, 6, 15));

test('the weather model beats the most frequent class and the class shares on days it has not seen', () => {
  expect(weather.score.rows).toBeGreaterThan(365);
  expect(weather.score.accuracy).toBeGreaterThan(weather.score.majorityAccuracy + 0.1);
  expect(brierSkill(weather.score)).toBeGreaterThan(0.1);
});

test('the flight model tells late from punctual flights that it has not seen', () => {
  // One flight in five is late and the model seldom thinks one more likely late than not: "on time" always is right
  // most often and of no use. What a probability must beat is chance at telling the two apart, and the base rate.
  expect(flights.score.rows).toBe(8_000);
  expect(flights.score.balancedAccuracy).toBeGreaterThan(0.59);
  expect(brierSkill(flights.score)).toBeGreaterThan(0.04);
});

test.each([flights, weather])('$name answers the same whenever it is asked', (model) => {
  const [first] = model.predict([17]);
  const answers = model.predict([3, 17]);
  expect(answers[1]).toEqual(first);
  expect(answers[0]).not.toEqual(first);
});

test('training is deterministic', () => {
  const again = trainSeattleWeather(Date.UTC(2026, 6, 15));
  expect(again.score).toEqual(weather.score);
  expect(again.predict([5, 50])).toEqual(weather.predict([5, 50]));
});

test.each([flights, weather])('$name tells identity, features and output', (model) => {
  for (const answer of model.predict([0, 1, 2, model.requests - 1])) {
    const features = Object.keys(answer).filter((key) => key.startsWith('ml.feature.'));
    expect(features.length).toBeGreaterThanOrEqual(6);
    expect(features.length).toBeLessThanOrEqual(10);
    expect(answer).toMatchObject({
      'ml.model.name': model.name,
      'ml.model.version': model.version,
    });
    const score = answer['ml.prediction.score'] as number;
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(1);
    expect(Object.values(answer)).not.toContain(NaN);
  }
});

test('the probabilities of the weather classes sum to one', () => {
  for (const answer of weather.predict([0, 100, 400])) {
    const probabilities = answer['ml.prediction.probabilities'] as number[];
    expect(probabilities).toHaveLength(5);
    expect(probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
  }
});

test('any flight is asked about at any time, so that hours differ in volume only', () => {
  const [night, noon] = [Date.UTC(2026, 0, 4, 2), Date.UTC(2026, 0, 6, 12)];
  for (const uniform of [0, 0.3, 0.7, 0.999]) {
    expect(flights.pick(night, uniform)).toBe(flights.pick(noon, uniform));
  }
  const asked = [0, 0.3, 0.7, 0.999].map((uniform) => flights.pick(noon, uniform));
  expect(new Set(asked).size).toBe(4);
});

test('weather is asked about in its own season', () => {
  const months = [0, 0.5, 0.999].map((uniform) => {
    const [answer] = weather.predict([weather.pick(Date.UTC(2026, 6, 15), uniform)]);
    return answer!['ml.feature.month'];
  });
  expect(new Set(months)).toEqual(new Set([7]));
});

test.each([flights, weather])('$name has requests for every hour of a year', (model) => {
  const start = Date.UTC(2028, 0, 1);
  for (let timeMs = start; timeMs < start + 366 * DAY_MS; timeMs += HOUR_MS) {
    const request = model.pick(timeMs, 0.999);
    expect(request).toBeGreaterThanOrEqual(0);
    expect(request).toBeLessThan(model.requests);
  }
});
