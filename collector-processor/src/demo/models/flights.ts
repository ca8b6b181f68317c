import { HOUR_MS } from '../seasons';
import { dataFile } from './dataFile';

/** A flight with what a service could know when it takes off. */
export interface Flight {
  /** Scheduled departure; the data's local time read as UTC, Unix milliseconds. */
  readonly departsMs: number;
  readonly hour: number;
  /** Sunday is 0. */
  readonly weekday: number;
  /** Miles. */
  readonly distance: number;
  readonly origin: string;
  readonly destination: string;
  /** Mean arrival delay in minutes of the flights that landed in the four hours before. */
  readonly networkDelay: number;
  /** The same of those that used its origin or destination. */
  readonly airportDelay: number;
  /** It arrives more than 15 minutes late: the threshold of the US Department of Transportation. */
  readonly late: boolean;
}

interface Entry {
  readonly date: string;
  readonly delay: number;
  readonly distance: number;
  readonly origin: string;
  readonly destination: string;
}

interface Landing {
  readonly atMs: number;
  /** Minutes, at most two hours: one stranded aircraft is not the state of the network. */
  readonly delay: number;
  readonly airports: readonly string[];
}

const LATE_MINUTES = 15;
const LOOK_BACK_MS = 4 * HOUR_MS;
/** Long-run mean delay in minutes, and how many flights' weight it has against what was seen. */
const USUAL_DELAY = 8;
const NETWORK_WEIGHT = 10;
const AIRPORT_WEIGHT = 2;

const departureOf = (entry: Entry): number =>
  Date.parse(`${entry.date.replaceAll('/', '-').replace(' ', 'T')}Z`);

const landingOf = (entry: Entry): Landing => ({
  // The data have no arrival time: 450 miles an hour, half an hour on the ground, and the delay.
  atMs: departureOf(entry) + (entry.distance / 7.5 + 30 + entry.delay) * 60_000,
  delay: Math.min(entry.delay, 120),
  airports: [entry.origin, entry.destination],
});

function recentDelays(landings: readonly Landing[], airports: readonly string[]) {
  let total = USUAL_DELAY * NETWORK_WEIGHT;
  let nearTotal = 0;
  let near = 0;
  for (const landing of landings) {
    total += landing.delay;
    if (!landing.airports.some((airport) => airports.includes(airport))) continue;
    nearTotal += landing.delay;
    near++;
  }
  const networkDelay = total / (landings.length + NETWORK_WEIGHT);
  const airportDelay = (nearTotal + networkDelay * AIRPORT_WEIGHT) / (near + AIRPORT_WEIGHT);
  return { networkDelay, airportDelay };
}

/** 20,000 flights of January to March 2001, in order of departure. */
export function loadFlights(): Flight[] {
  const entries = JSON.parse(dataFile('flights-20k.json')) as Entry[];
  const landings = entries.map((entry) => landingOf(entry)).sort((a, b) => a.atMs - b.atMs);
  let oldest = 0;
  let newest = 0;
  return entries.map((entry) => {
    const departsMs = departureOf(entry);
    while (newest < landings.length && landings[newest]!.atMs < departsMs) newest++;
    while (oldest < newest && landings[oldest]!.atMs < departsMs - LOOK_BACK_MS) oldest++;
    const airports = [entry.origin, entry.destination];
    const date = new Date(departsMs);
    return {
      departsMs,
      hour: date.getUTCHours(),
      weekday: date.getUTCDay(),
      distance: entry.distance,
      origin: entry.origin,
      destination: entry.destination,
      ...recentDelays(landings.slice(oldest, newest), airports),
      late: entry.delay > LATE_MINUTES,
    };
  });
}
