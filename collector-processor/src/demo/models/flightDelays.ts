import type { Attributes } from '@opentelemetry/api';
import { learnSeason } from '../seasons';
import type { Flight } from './flights';
import { loadFlights } from './flights';
import { trainForest } from './forest';
import { scoreHeldOut } from './scoreHeldOut';
import type { ServedModel } from './servedModel';

/** The older part trains, the newer is served. */
const TRAINED_SHARE = 0.6;
/** How many average flights an airport's own share of late flights is blended with. */
const SHARE_WEIGHT = 20;
const ROUTE = '/v1/flights/delay';
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Share of late flights per airport, drawn towards the share of all. */
function lateShares(flights: readonly Flight[], end: 'origin' | 'destination', average: number) {
  const seen = new Map<string, { late: number; all: number }>();
  for (const flight of flights) {
    const tally = seen.get(flight[end]) ?? { late: 0, all: 0 };
    tally.late += Number(flight.late);
    tally.all += 1;
    seen.set(flight[end], tally);
  }
  return (airport: string): number => {
    const { late, all } = seen.get(airport) ?? { late: 0, all: 0 };
    return (late + SHARE_WEIGHT * average) / (all + SHARE_WEIGHT);
  };
}

const haulOf = (miles: number): string =>
  miles < 500 ? 'short' : miles < 1_500 ? 'medium' : 'long';

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Trains "arrives more than 15 minutes late" on the flights of January and February 2001; a second or less. */
export function trainFlightDelays(): ServedModel {
  const flights = loadFlights();
  const cut = Math.floor(flights.length * TRAINED_SHARE);
  const trained = flights.slice(0, cut);
  const served = flights.slice(cut);
  const average = trained.filter((flight) => flight.late).length / trained.length;
  const originShare = lateShares(trained, 'origin', average);
  const destinationShare = lateShares(trained, 'destination', average);
  const inputsOf = (flight: Flight): number[] => [
    flight.hour,
    flight.weekday,
    flight.distance,
    originShare(flight.origin),
    destinationShare(flight.destination),
    flight.networkDelay,
    flight.airportDelay,
  ];
  const forest = trainForest(
    trained.map(inputsOf),
    trained.map((flight) => flight.late),
    { trees: 15, bins: 16, sampleRows: 1_500, maxDepth: 5, minRows: 30, seed: 7 },
  );
  const answer = (flight: Flight, late: number): Attributes => ({
    'ml.model.name': 'flight-delays',
    'ml.model.version': '1.0.0',
    'ml.model.type': 'binary',
    'http.route': ROUTE,
    'ml.data.source': 'vega-datasets/flights-20k',
    'ml.prediction.label': late > average ? 'late' : 'on_time',
    'ml.prediction.score': rounded(late),
    'ml.feature.hour': flight.hour,
    'ml.feature.weekday': WEEKDAYS[flight.weekday]!,
    'ml.feature.distance': flight.distance,
    'ml.feature.origin': flight.origin,
    'ml.feature.destination': flight.destination,
    'ml.feature.origin_late_share': rounded(originShare(flight.origin)),
    'ml.feature.destination_late_share': rounded(destinationShare(flight.destination)),
    'ml.feature.network_delay': rounded(flight.networkDelay),
    'ml.feature.airport_delay': rounded(flight.airportDelay),
    'ml.segment.haul': haulOf(flight.distance),
  });
  const expected = forest(served.map(inputsOf));
  return {
    service: 'flight-delays',
    name: 'flight-delays',
    version: '1.0.0',
    team: 'travel',
    route: ROUTE,
    requests: served.length,
    season: learnSeason(flights.map((flight) => flight.departsMs)),
    score: scoreHeldOut({
      probabilities: expected.map((late) => [1 - late, late]),
      answered: expected.map((late) => Number(late > average)),
      actual: served.map((flight) => Number(flight.late)),
      trainingShares: [1 - average, average],
    }),
    truth: (request) => (served[request]!.late ? 'late' : 'on_time'),
    truthAfterHours: 6,
    // Whoever plans a journey asks about any flight, not about those that leave this hour: only how many ask has a season.
    pick: (_atMs, uniform) => Math.floor(uniform * served.length),
    predict(requests) {
      const asked = requests.map((request) => served[request]!);
      const late = forest(asked.map(inputsOf));
      return asked.map((flight, row) => answer(flight, late[row]!));
    },
  };
}
