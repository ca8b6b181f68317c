import { parseArgs } from 'node:util';
import { FIGURES, isFigureName } from './figures';
import type { FigureGoal, FigureName } from './figures';

export interface BenchOptions {
  readonly json: boolean;
  readonly quick: boolean;
  readonly only: ReadonlySet<FigureName>;
  readonly runs: number;
  /** Length of the runs that are paced by the clock (visibility, SDK, growth); undefined: each one's own. */
  readonly seconds: number | undefined;
}

const LONG = FIGURES.filter(isLong).map(({ name }) => name);

export const USAGE = `npm run bench -- [options]
  --only name,…   only these figures: ${FIGURES.map(({ name }) => name).join(', ')}
  --runs N        runs of each figure after its warm-up, the median counts (5)
  --seconds N     length of a run of visible_* (20), sdk_lost_spans (60) and rss_growth_mb_10min (600)
  --long          measure the figures that take ten minutes, too: ${LONG.join(', ')}
  --quick         one short run of each, to see that it works; the values mean nothing
  --json          the last line is a JSON array of {"name","value","unit","goal","holds"}`;

/** The options in `argv`; throws an `Error` whose message is for the user. */
export function parseBenchOptions(argv: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      only: { type: 'string' },
      runs: { type: 'string' },
      seconds: { type: 'string' },
    },
  });
  const usual = FIGURES.filter((figure) => values.long || !isLong(figure));
  const names = values.only?.split(',') ?? usual.map(({ name }) => name);
  for (const name of names) {
    if (!isFigureName(name)) throw new Error(`--only: there is no figure ${name}`);
  }
  return {
    json: values.json,
    quick: values.quick,
    only: new Set(names.filter(isFigureName)),
    runs: positive('runs', values.runs) ?? (values.quick ? 1 : 5),
    seconds: positive('seconds', values.seconds),
  };
}

function isLong(figure: FigureGoal): boolean {
  return figure.isLong === true;
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`--${name} must be a whole number from 1, not ${text}`);
  }
  return value;
}
