import { createHash } from 'node:crypto';

/** What the drill's model is called, so that nobody takes it for one of theirs. */
export const DRILL_MODEL = 'fire-drill';
export const DRILL_VERSION = '1';
export const DRILL_ENVIRONMENT = 'fire-drill';
export const DRILL_FEATURE = 'reading';

const HOUR_MS = 3_600_000;
/** The newest hour is one that is over, with time for the monitor's watermark. */
const OVER_MS = 60_000;
/** Less than a week: the model is still being learned, and only a gross change pages. */
const REFERENCE_HOURS = 12;
const ROWS_AN_HOUR = 200;
/** Mean and spread of the reading; in the gross hour the mean is four spreads higher. */
const USUAL = { mean: 100, spread: 10 };
const GROSS = { mean: 140, spread: 10 };

export interface DrillTimes {
  /** The reference, Unix milliseconds; it ends where the gross hour begins. */
  readonly fromMs: number;
  readonly grossMs: number;
}

export function drillTimes(nowMs: number): DrillTimes {
  const endMs = Math.floor((nowMs - OVER_MS) / HOUR_MS) * HOUR_MS;
  return { fromMs: endMs - (1 + REFERENCE_HOURS) * HOUR_MS, grossMs: endMs - HOUR_MS };
}

/** Numbers between 0 and 1 that are the same in every drill of one name. */
function evenly(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32LE() / 2 ** 32;
}

/** A number of a normal distribution, by Box and Muller (Ann. Math. Statist. 29, 1958). */
const normal = (name: string): number =>
  Math.sqrt(-2 * Math.log(1 - evenly(`${name} radius`))) *
  Math.cos(2 * Math.PI * evenly(`${name} angle`));

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const number = (key: string, doubleValue: number) => ({ key, value: { doubleValue } });

/** `plumbline.synthetic` says on every span that it is of a drill. */
const RESOURCE = {
  attributes: [
    text('service.name', 'plumbline-fire-drill'),
    text('deployment.environment.name', DRILL_ENVIRONMENT),
    { key: 'plumbline.synthetic', value: { boolValue: true } },
  ],
};

function span(run: string, startMs: number, { mean, spread }: typeof USUAL) {
  const name = `${run} ${startMs}`;
  const reading = mean + spread * normal(`${startMs}`);
  const id = createHash('sha256').update(name).digest('hex');
  const nano = (ms: number): string => `${Math.round(ms * 1000)}000`;
  return {
    traceId: id.slice(0, 32),
    spanId: id.slice(32, 48),
    name: 'predict',
    kind: 1,
    startTimeUnixNano: nano(startMs),
    endTimeUnixNano: nano(startMs + 5),
    attributes: [
      text('ml.model.name', DRILL_MODEL),
      text('ml.model.version', DRILL_VERSION),
      text('ml.model.type', 'regression'),
      number('ml.prediction.value', 2 * reading),
      number(`ml.feature.${DRILL_FEATURE}`, reading),
    ],
  };
}

/** One hour as an OTLP request in JSON. `run` makes its ids new. */
function hourRequest(run: string, startMs: number, values: typeof USUAL): string {
  const spans = Array.from({ length: ROWS_AN_HOUR }, (_, row) =>
    span(run, startMs + (row * HOUR_MS) / ROWS_AN_HOUR, values),
  );
  const scopeSpans = [{ scope: { name: 'plumbline.fire-drill' }, spans }];
  return JSON.stringify({ resourceSpans: [{ resource: RESOURCE, scopeSpans }] });
}

/** The requests of the reference, an hour each. */
export const referenceRequests = (run: string, { fromMs, grossMs }: DrillTimes): string[] =>
  Array.from({ length: (grossMs - fromMs) / HOUR_MS }, (_, hour) =>
    hourRequest(run, fromMs + hour * HOUR_MS, USUAL),
  );

/** The request of the hour that everybody should be woken by. */
export const grossRequest = (run: string, { grossMs }: DrillTimes): string =>
  hourRequest(run, grossMs, GROSS);

export const DRILL_ROWS = (REFERENCE_HOURS + 1) * ROWS_AN_HOUR;
