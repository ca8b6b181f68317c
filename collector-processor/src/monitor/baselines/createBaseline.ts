import { randomUUID } from 'node:crypto';
import { engineNow, isTooMuch, type Statements } from '../statements';
import { quoteText } from '../quoteText';
import { timeText } from '../timeText';
import { BIN_SHAPE, countColumns, countOnBins, longestOf } from '../features/countOnBins';
import {
  type BaselineRequest,
  type BaselineRows,
  INFERENCES,
  modelOf,
  rowsOf,
} from './baselineRequest';
import { newBins } from './makeBins';

export type BaselineReport =
  | {
      readonly status: 'created';
      readonly baseline: string;
      readonly rows: number;
      readonly features: number;
      /** One of this many rows was read: 1, unless there are more values than `maxValues`. */
      readonly every: number;
    }
  | { readonly status: 'refused'; readonly reason: string };

export interface BaselineLimits {
  /** Fewer rows make no baseline. */
  readonly minRows: number;
  /** A model with more features is refused. */
  readonly maxFeatures: number;
  /** More values are sampled, evenly by id. */
  readonly maxValues: number;
}

export const BASELINE_LIMITS: BaselineLimits = {
  minRows: 100,
  maxFeatures: 10_000,
  maxValues: 20_000_000,
};

const FEATURE = 'tenant, environment, model, feature';

interface Size {
  readonly rows: number;
  readonly features: number;
  readonly valuesTold: number;
}

const sizeOf = (rows: string): string => `
SELECT count() AS rows, sum(length(number_names) + length(text_names)) AS valuesTold,
  length(arrayDistinct(arrayConcat(groupUniqArrayArray(number_names), groupUniqArrayArray(text_names)))) AS features
FROM (${rows})`;

/** Features of the rows with the bins that they count on. A feature that no row has is not in the baseline. */
const insertBaseline = (
  request: BaselineRequest,
  rows: string,
  bins: string,
  made: {
    readonly baseline: string;
    readonly nowMs: number;
    readonly total: string;
    readonly most: number;
  },
): string => `INSERT INTO ml_baselines
SELECT tenant, environment, model, ${quoteText(request.version)} AS version, ${quoteText(request.segment)} AS segment, feature,
  ${quoteText(made.baseline)} AS baseline, bins_version,
  ${countColumns('total_rows')},
  ${timeText(request.fromMs)} AS from_time, ${timeText(request.toMs)} AS to_time, ${quoteText(request.source)} AS source,
  0 AS pinned, 0 AS expired, ${timeText(made.nowMs)} AS created_at, ${made.nowMs} AS row_version
FROM (SELECT ${FEATURE}, bins_version, kind, ${BIN_SHAPE}, ${made.total} AS total_rows FROM (${bins})) AS wanted
JOIN (${countOnBins(rows, bins, made.most)}) AS tally ON wanted.key = tally.key`;

/**
 * Makes a baseline of the rows of a range: bins for the features that have none, and reference counts on the bins of all.
 * The number of statements does not depend on the number of features. An automatic baseline is made once, whichever replica
 * does it.
 */
export async function createBaseline(
  statements: Statements,
  request: BaselineRequest,
  { minRows, maxFeatures, maxValues }: BaselineLimits = BASELINE_LIMITS,
  rows: BaselineRows = INFERENCES,
): Promise<BaselineReport> {
  const { segment, fromMs, toMs, source } = request;
  if (segment !== '' && segment.indexOf('=') < 1)
    return { status: 'refused', reason: `segment ${segment}: must be key=value` };
  if (!(fromMs < toMs)) return { status: 'refused', reason: 'the range is empty' };
  const [size] = await statements.read<Size>(sizeOf(rowsOf(request, rows, 1)));
  const { rows: found, features, valuesTold } = size!;
  if (found < minRows)
    return { status: 'refused', reason: `${found} rows in the range, ${minRows} are needed` };
  if (features === 0) return { status: 'refused', reason: 'the rows have no features' };
  if (features > maxFeatures)
    return { status: 'refused', reason: `${features} features, ${maxFeatures} are the most` };

  const every = Math.max(1, Math.ceil(valuesTold / maxValues));
  const nowMs = await engineNow(statements);
  const sampled = rowsOf(request, rows, every);
  const existing = `SELECT ${FEATURE} FROM ml_current_bins WHERE ${modelOf(request)}${request.freshBins ? ' AND 0' : ''}`;
  const baseline = request.baseline ?? (source === 'auto' ? 'auto' : randomUUID());
  // A sample has to be counted; all rows are counted already.
  const total = every === 1 ? `toUInt64(${found})` : `(SELECT count() FROM (${sampled}))`;
  try {
    await statements.run(`INSERT INTO ml_bins ${newBins(sampled, existing, nowMs)}`);
    const bins = `SELECT * FROM ml_bins FINAL WHERE ${modelOf(request)} AND (bins_version = ${nowMs} OR (${FEATURE}, bins_version) IN (SELECT ${FEATURE}, bins_version FROM ml_current_bins WHERE ${modelOf(request)}${request.freshBins ? ' AND 0' : ''}))`;
    const [longest] = await statements.read<{ most: number }>(longestOf(bins));
    const made = { baseline, nowMs, total, most: longest!.most };
    await statements.run(insertBaseline(request, sampled, bins, made));
  } catch (error) {
    if (isTooMuch(error))
      return { status: 'refused', reason: 'the range has more than one statement may take' };
    throw error;
  }
  return { status: 'created', baseline, rows: Math.round(found / every), features, every };
}
