import type { Attributes } from '@opentelemetry/api';
import type { Season } from '../seasons';
import { trainForest } from './forest';
import { scoreHeldOut } from './scoreHeldOut';
import type { ServedModel } from './servedModel';
import type { WeatherDay } from './weatherDays';
import { WEATHERS, dayOfYear, loadWeatherDays } from './weatherDays';

/** The older days train, the newer are served: sixteen months, so that every season of the year has days to serve. */
const SERVED_FROM_MS = Date.UTC(2014, 8, 1);
/** Requests are about days this close to today's day of the year. */
const NEARBY_DAYS = 12;
const ROUTE = '/v1/weather/tomorrow';
const YEAR_DAYS = 366;

/** People ask before they leave home and again in the evening, and more at the weekend. The data are daily: assumed. */
const SEASON: Season = {
  hours: [
    0.1, 0.05, 0.05, 0.05, 0.15, 0.4, 0.8, 1, 0.9, 0.6, 0.5, 0.5, 0.55, 0.5, 0.45, 0.5, 0.6, 0.75,
    0.9, 0.95, 0.8, 0.6, 0.4, 0.2,
  ],
  weekdays: [1, 0.75, 0.7, 0.7, 0.75, 0.9, 1],
};

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
const indexOfMax = (values: readonly number[]): number => values.indexOf(Math.max(...values));

const inputsOf = (day: WeatherDay): number[] => [
  day.month,
  day.precipitation,
  day.tempMax,
  day.tempMin,
  day.tempMax - day.tempMin,
  day.tempChange,
  day.wind,
  day.weather === 'sun' ? 1 : 0,
];

/** One forest per class against the rest; their answers, scaled to a sum of one, are the probabilities. */
function trainWeathers(days: readonly WeatherDay[]) {
  const inputs = days.map(inputsOf);
  const forests = WEATHERS.map((_, label) =>
    trainForest(
      inputs,
      days.map((day) => day.tomorrow === label),
      { trees: 10, bins: 12, sampleRows: days.length, maxDepth: 5, minRows: 12, seed: 11 + label },
    ),
  );
  return (asked: readonly WeatherDay[]): number[][] => {
    const askedInputs = asked.map(inputsOf);
    const shares = forests.map((forest) => forest(askedInputs));
    return asked.map((_, row) => {
      const raw = shares.map((share) => share[row]!);
      const total = raw.reduce((sum, share) => sum + share, 0);
      return raw.map((share) => (total === 0 ? 1 / raw.length : share / total));
    });
  };
}

/**
 * The served days around a day of the year. All requests are drawn from the same ones, whenever they come: the climate moves
 * by itself within two weeks of autumn, and that would be drift.
 */
const poolOfDay = (served: readonly WeatherDay[], middle: number): number[] =>
  served.flatMap((day, row) => {
    const apart = Math.abs(day.dayOfYear - middle);
    return Math.min(apart, YEAR_DAYS - apart) <= NEARBY_DAYS ? [row] : [];
  });

function answer(day: WeatherDay, probabilities: readonly number[]): Attributes {
  const label = indexOfMax(probabilities);
  return {
    'ml.model.name': 'seattle-weather',
    'ml.model.version': '1.0.0',
    'ml.model.type': 'multiclass',
    'http.route': ROUTE,
    'ml.data.source': 'vega-datasets/seattle-weather',
    'ml.prediction.label': WEATHERS[label]!,
    'ml.prediction.score': rounded(probabilities[label]!),
    'ml.prediction.probabilities': probabilities.map(rounded),
    'ml.feature.month': day.month,
    'ml.feature.precipitation': day.precipitation,
    'ml.feature.temp_max': day.tempMax,
    'ml.feature.temp_min': day.tempMin,
    'ml.feature.temp_change': rounded(day.tempChange),
    'ml.feature.wind': day.wind,
    'ml.feature.weather': day.weather,
    'ml.segment.wet': day.precipitation > 0 ? 'yes' : 'no',
  };
}

/** Trains "tomorrow's weather in Seattle" on January 2012 to August 2014; a second or less. It is asked about days like today. */
export function trainSeattleWeather(todayMs: number): ServedModel {
  const days = loadWeatherDays();
  const trained = days.filter((day) => day.dateMs < SERVED_FROM_MS);
  const served = days.filter((day) => day.dateMs >= SERVED_FROM_MS);
  const predictDays = trainWeathers(trained);
  const pool = poolOfDay(served, dayOfYear(todayMs));
  const expected = predictDays(served);
  return {
    service: 'seattle-weather',
    name: 'seattle-weather',
    version: '1.0.0',
    team: 'forecast',
    route: ROUTE,
    requests: served.length,
    season: SEASON,
    score: scoreHeldOut({
      probabilities: expected,
      answered: expected.map(indexOfMax),
      actual: served.map((day) => day.tomorrow),
      trainingShares: WEATHERS.map(
        (_, label) => trained.filter((day) => day.tomorrow === label).length / trained.length,
      ),
    }),
    truth: (request) => WEATHERS[served[request]!.tomorrow]!,
    truthAfterHours: 24,
    pick(_atMs, uniform) {
      return pool[Math.floor(uniform * pool.length)]!;
    },
    predict(requests) {
      const asked = requests.map((request) => served[request]!);
      const probabilities = predictDays(asked);
      return asked.map((day, row) => answer(day, probabilities[row]!));
    },
  };
}
