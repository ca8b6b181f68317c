import { parseArgs } from 'node:util';
import type { ReportedFigure } from '../report';
import { median } from '../statistics';
import { growthExponent } from './growthExponent';
import type { MonitorLoad } from './fillHours';
import { measureDelay } from './measureDelay';
import { type HourUsage, measureHour } from './measureHour';

const USAGE = `npm run bench:monitor -- [options]
  --models N            models of window_1000x100_s (1000)
  --features N          features of each (100)
  --rows N              rows of each in an hour (1000)
  --hours N             hours of raw rows in the store, the evaluated one with them (10)
  --reference-hours N   hours that the baselines are of (9); from 168 on features are tested, before that only compared
  --runs N              runs, each in a store of its own, the median counts (1)
  --no-growth           without growth_exponent
  --no-delay            without signal_delay_s
  --quick               50 models, growth up to 1,000: to see that it works
  --json                the last line is a JSON array of {"name","value","unit","goal","holds"}`;

const HOUR_MS = 3_600_000;
/** An hour that ended less ago is not looked at yet. */
const SETTLED_MS = 120_000;
const GROWTH = [10, 100, 1_000, 10_000];
const QUICK_GROWTH = [10, 100, 1_000];
/** Small models, so that their number is what costs. */
const SMALL = { features: 10, rows: 100, hours: 1, referenceHours: 1 };

/** What `signal_delay_s` is told for: the last window of the hour has a twelfth of these rows. */
const DELAYED = { models: 50, features: 100, rows: 1_000, hours: 2, referenceHours: 1 };

const lastHour = (): number => Math.floor((Date.now() - SETTLED_MS) / HOUR_MS) * HOUR_MS - HOUR_MS;

function parseOptions(argv: readonly string[]) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      models: { type: 'string' },
      features: { type: 'string', default: '100' },
      rows: { type: 'string', default: '1000' },
      hours: { type: 'string', default: '10' },
      'reference-hours': { type: 'string', default: '9' },
      runs: { type: 'string', default: '1' },
      'no-growth': { type: 'boolean', default: false },
      'no-delay': { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const whole = (name: 'features' | 'hours' | 'models' | 'reference-hours' | 'rows' | 'runs') => {
    const text = values[name] ?? (values.quick ? '50' : '1000');
    const value = Number(text);
    if (Number.isInteger(value) && value > 0) return value;
    throw new Error(`--${name} must be a whole number from 1, not ${text}`);
  };
  const load: MonitorLoad = {
    models: whole('models'),
    features: whole('features'),
    rows: whole('rows'),
    hours: whole('hours'),
    referenceHours: whole('reference-hours'),
    hourMs: lastHour(),
  };
  const growth = values['no-growth'] ? [] : values.quick ? QUICK_GROWTH : GROWTH;
  return { load, growth, delay: !values['no-delay'], runs: whole('runs'), json: values.json };
}

const describe = (load: MonitorLoad, usage: HourUsage): string =>
  `${load.models} models × ${load.features} features × ${load.rows} rows: ${usage.seconds.toFixed(1)} s (windows ${usage.windowsS.toFixed(1)}, ` +
  `drift ${usage.driftS.toFixed(1)}); CPU of the engine ${usage.engineCpuS.toFixed(1)}, of the processor ${usage.processorCpuS.toFixed(1)} s; ` +
  `at most ${usage.enginePeakMb.toFixed(0)} and ${usage.processorPeakMb.toFixed(0)} MB`;

const figure = (name: string, value: number, unit: string, goal: number): ReportedFigure => ({
  ...{ name, unit, goal, value: Number(value.toFixed(2)) },
  holds: value <= goal,
});

async function measureGrowth(sizes: readonly number[]): Promise<ReportedFigure[]> {
  if (sizes.length === 0) return [];
  const costs: { models: number; cpuS: number }[] = [];
  for (const models of sizes) {
    const load = { ...SMALL, models, hourMs: lastHour() };
    const usage = await measureHour(load);
    console.log(describe(load, usage));
    costs.push({ models, cpuS: usage.engineCpuS + usage.processorCpuS });
  }
  return [figure('growth_exponent', growthExponent(costs), '', 1.05)];
}

async function measureDelays(wanted: boolean): Promise<ReportedFigure[]> {
  if (!wanted) return [];
  const seconds = await measureDelay({ ...DELAYED, hourMs: lastHour() });
  return [figure('signal_delay_s', seconds, 's', 5)];
}

async function bench({ load, growth, delay, runs, json }: ReturnType<typeof parseOptions>) {
  const usages: HourUsage[] = [];
  for (let run = 0; run < runs; run++) {
    usages.push(await measureHour(load));
    console.log(describe(load, usages.at(-1)!));
  }
  const of = (value: (usage: HourUsage) => number): number => median(usages.map(value));
  const reported = [
    figure(
      `window_${load.models}x${load.features}_s`,
      of(({ seconds }) => seconds),
      's',
      20,
    ),
    figure(
      'engine_rss_peak_mb',
      of(({ enginePeakMb }) => enginePeakMb),
      'MB',
      2_000,
    ),
    figure(
      'processor_rss_peak_mb',
      of(({ processorPeakMb }) => processorPeakMb),
      'MB',
      500,
    ),
    ...(await measureDelays(delay)),
    ...(await measureGrowth(growth)),
  ];
  for (const { name, value, unit, goal, holds } of reported) {
    console.log(`${name}  ${value} ${unit}  <= ${goal!}  ${holds === true ? 'holds' : 'MISSED'}`);
  }
  if (json) console.log(JSON.stringify(reported));
}

// An exit by signal would skip the handlers that end the engine.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code));
}
let options: ReturnType<typeof parseOptions> | undefined;
try {
  options = parseOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
if (options !== undefined) {
  bench(options).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
