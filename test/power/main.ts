import { parseArgs } from 'node:util';
import { bridgeCalibration } from './calibration';
import { type GridResult, runGrid } from './grid';
import { quietPages, type Stream, windowsToPage } from './pages';

/** `--json` has the form of the other bench. */
interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: number | null;
  readonly holds: boolean | null;
}

const USAGE = `node test/dist/power/main.js [options]
  --trials N   windows of each cell and shift of the grid (200; 1000 for figures to publish)
  --years N    simulated model-years of the pages (1; 30 for figures to publish)
  --json       the last line is a JSON array of {"name","value","unit","goal","holds"}`;

const HOURS_PER_YEAR = 8766;
/** A model goes on for this long before the next one begins, so that references differ. */
const HOURS_PER_MODEL = 1000;
const STREAM: Stream = {
  features: 100,
  rows: 1000,
  autocorrelation: 0.3,
  referenceHours: 168,
  seed: 1,
};

const figure = (
  name: string,
  value: number,
  unit: string,
  holds: ((value: number) => boolean) | null,
  goal: number | null,
): Figure => ({ name, value, unit, goal, holds: holds === null ? null : holds(value) });

function printGrid(rows: number, { cells }: GridResult): void {
  console.log(`\nShare of windows rejected at 1%, n = ${rows}:`);
  for (const { marginal, regime, trials, rejected } of cells) {
    const shares = Object.entries(rejected)
      .filter(([shift]) => shift !== 'loc15')
      .map(([shift, count]) => `${shift} ${((100 * count) / trials).toFixed(1)}%`);
    console.log(`  ${marginal.padEnd(13)} ${regime.padEnd(14)} ${shares.join('  ')}`);
  }
}

function pagesPerYear(years: number, stream: Partial<Stream> = {}): number {
  const models = Math.max(1, Math.round((years * HOURS_PER_YEAR) / HOURS_PER_MODEL));
  let pages = 0;
  for (let k = 0; k < models; k++) {
    pages += quietPages({ ...STREAM, ...stream, seed: k + 1 }, HOURS_PER_MODEL);
  }
  return (pages * HOURS_PER_YEAR) / (models * HOURS_PER_MODEL);
}

function measure(trials: number, years: number): Figure[] {
  const small = runGrid(1000, trials);
  printGrid(1000, small);
  const large = runGrid(5000, Math.ceil(trials / 2));
  printGrid(5000, large);
  for (const other of [
    { autocorrelation: 0 },
    { autocorrelation: 0.5, referenceHours: 336 },
    { rows: 200 },
  ]) {
    const pages = pagesPerYear(years / 4, other);
    console.log(`pages per model-year with ${JSON.stringify(other)}: ${pages.toFixed(2)}`);
  }
  const planted = Array.from({ length: 11 }, (_, k) =>
    windowsToPage({ ...STREAM, seed: 500 + k }, 5, 100),
  ).sort((a, b) => a - b);
  const calibration = bridgeCalibration(50 * trials);
  const fpr = (small.fpr * 2 + large.fpr) / 3;
  const inBand = (value: number): boolean => value >= 0.043 && value <= 0.057;
  return [
    figure('drift_fpr', fpr, 'share', (value) => value <= 0.015, 0.015),
    figure(
      'drift_balanced_accuracy_n1000',
      small.balancedAccuracy,
      'share',
      (v) => v >= 0.97,
      0.97,
    ),
    figure(
      'drift_balanced_accuracy_n5000',
      large.balancedAccuracy,
      'share',
      (v) => v >= 0.98,
      0.98,
    ),
    figure('bridge_calibration_5pct', calibration, 'share', inBand, 0.057),
    figure('aa_pages_per_model_year', pagesPerYear(years), 'pages', (v) => v <= 1.5, 1.5),
    figure('planted_windows_to_page_p50', planted[5]!, 'windows', (v) => v <= 6, 6),
  ];
}

try {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      trials: { type: 'string', default: '200' },
      years: { type: 'string', default: '1' },
    },
  });
  const [trials, years] = [Number(values.trials), Number(values.years)];
  if (!(trials >= 20 && years > 0)) throw new Error('--trials is 20 or more, --years above 0');
  const figures = measure(trials, years);
  for (const { name, value, unit, goal, holds } of figures) {
    console.log(
      `${name}  ${value.toFixed(4)} ${unit}  goal ${goal}  ${holds ? 'holds' : 'MISSED'}`,
    );
  }
  if (values.json) console.log(JSON.stringify(figures));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
