import { CONTAINER_OPERATIONS, ML_INFERENCES_INSERTED } from '@plumbline/schemas';
import { quoteText, quoteTexts } from '../quoteText';
import type { Statements } from '../statements';
import { inRange, timeText, type TimeRange } from '../timeText';
import type { RollupChange, TraceRow } from './decideRollups';

/** Rows written in these times (engine's clock, Unix milliseconds; the start is exclusive) make their traces looked at. */
export interface WrittenRange {
  readonly afterMs: number;
  readonly untilMs: number;
}

export interface Touched {
  /** Event times of the touched rows of one day. */
  readonly times: TimeRange;
  readonly written: WrittenRange;
}

export interface Candidate {
  readonly tenant: string;
  readonly traceId: string;
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface StoredTraceRow extends TraceRow {
  readonly tenant: string;
  readonly traceId: string;
  readonly rowVersion: number;
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
}

export interface TraceChange extends RollupChange {
  readonly tenant: string;
  readonly traceId: string;
  readonly rowVersion: number;
}

/** A call that only a log record tells (see `detailsInferenceId`) gives way to whatever span tells it, as containers do. */
const IS_DETAILS = `inference_id = concat(trace_id, ':', span_id, ':details')`;
const IS_CONTAINER = `(operation IN ${quoteTexts(CONTAINER_OPERATIONS)} OR ${IS_DETAILS})`;
const sumOf = (buckets: readonly string[]): string => {
  const names = `[${buckets.map(quoteText).join(', ')}]`;
  return `if(hasAny(mapKeys(tokens), ${names}), ${buckets.map((bucket) => `tokens[${quoteText(bucket)}]`).join(' + ')}, NULL)`;
};
const INPUT = sumOf(['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'audio_in']);
const OUTPUT = sumOf(['output', 'reasoning', 'audio_out']);

/** Rows that could be in a rule of `decideRollups`; plain predictions, the bulk of rows, are not. */
const TRIGGERS = `trace_id != '' AND (${IS_CONTAINER} OR response_id != '' OR notEmpty(tokens))`;

const writtenIn = ({ afterMs, untilMs }: WrittenRange): string =>
  `written_at > ${timeText(afterMs)} AND written_at <= ${timeText(untilMs)}`;

/** Touched rows by day, newest first. */
export const readTouched = async (
  statements: Statements,
  written: WrittenRange,
): Promise<Touched[]> => {
  const days = await statements.read<TimeRange>(
    `SELECT toUnixTimestamp64Milli(min(time)) AS fromMs, toUnixTimestamp64Milli(max(time)) + 1 AS toMs
FROM ml_inferences
WHERE ${writtenIn(written)} AND ${TRIGGERS}
GROUP BY toDate(time)
ORDER BY fromMs DESC`,
  );
  return days.map((times) => ({ times, written }));
};

/**
 * Traces with touched rows in which a rule could apply, by their first row's time, from `after` on: those with a
 * container, and those in which two spans share a response id or model and tokens. A trace with one model call, the
 * usual one, ends in the inner query. That goes by hashes: they are smaller, and looking up hundreds of thousands of ids
 * in the Bloom index of every granule would cost more than reading.
 */
export const readCandidates = (
  statements: Statements,
  { times, written }: Touched,
  page: { after: Candidate | undefined; limit: number; lookbackMs: number },
): Promise<Candidate[]> => {
  const { after, limit, lookbackMs } = page;
  const near = inRange({ fromMs: times.fromMs - lookbackMs, toMs: times.toMs + lookbackMs });
  const next =
    after === undefined
      ? ''
      : `AND (firstMs, traceId, tenant) > (${after.firstMs}, ${quoteText(after.traceId)}, ${quoteText(after.tenant)})`;
  return statements.read<Candidate>(
    `SELECT tenant, trace_id AS traceId, toUnixTimestamp64Milli(min(time)) AS firstMs, toUnixTimestamp64Milli(max(time)) AS lastMs
FROM ml_inferences
WHERE ${near} AND cityHash64(trace_id) IN (
  SELECT cityHash64(trace_id) AS hash FROM ml_inferences
  WHERE ${near} AND hash IN (
    SELECT cityHash64(trace_id) FROM ml_inferences WHERE ${inRange(times)} AND ${writtenIn(written)} AND ${TRIGGERS}
  )
  GROUP BY hash
  HAVING min(span_id) != max(span_id) OR max(${IS_CONTAINER})
)
GROUP BY tenant, trace_id
HAVING (max(${IS_CONTAINER})
  OR uniqExactIf(span_id, response_id != '') > uniqExactIf(response_id, response_id != '')
  OR uniqExactIf(span_id, notEmpty(tokens)) > uniqExactIf((model, ${INPUT}, ${OUTPUT}), notEmpty(tokens))) ${next}
ORDER BY firstMs, traceId, tenant
LIMIT ${limit}`,
  );
};

const timesOf = (candidates: readonly Candidate[]): TimeRange => ({
  fromMs: Math.min(...candidates.map(({ firstMs }) => firstMs)),
  toMs: Math.max(...candidates.map(({ lastMs }) => lastMs)) + 1,
});

const idsOf = (candidates: readonly Candidate[]): string =>
  quoteTexts(new Set(candidates.map(({ traceId }) => traceId)));

/** De-duplicated rows of the traces, at most `limit` of each. */
export const readTraceRows = async (
  statements: Statements,
  candidates: readonly Candidate[],
  limit: number,
): Promise<StoredTraceRow[]> => {
  const rows = await statements.read<
    Omit<StoredTraceRow, 'container' | 'details' | 'rollup'> & {
      container: number;
      details: number;
      rollup: number;
    }
  >(
    `SELECT tenant, trace_id AS traceId, inference_id AS inferenceId, span_id AS spanId, parent_span_id AS parentSpanId,
  ${IS_CONTAINER} AS container, ${IS_DETAILS} AS details, model, response_id AS responseId, toUnixTimestamp64Milli(time) AS timeMs,
  ${INPUT} AS inputTokens, ${OUTPUT} AS outputTokens, rollup, row_version AS rowVersion
FROM ml_inferences FINAL
WHERE ${inRange(timesOf(candidates))} AND trace_id IN ${idsOf(candidates)}
LIMIT ${limit} BY tenant, trace_id
SETTINGS do_not_merge_across_partitions_select_final = 1`,
  );
  return rows.map((row) => ({
    ...row,
    container: row.container === 1,
    details: row.details === 1,
    rollup: row.rollup === 1,
  }));
};

/** Who is whose parent among all spans of the traces: between two model calls there may be others. */
export const readLinks = (
  statements: Statements,
  candidates: readonly Candidate[],
  lookbackMs: number,
): Promise<SpanLink[]> => {
  const { fromMs, toMs } = timesOf(candidates);
  return statements.read<SpanLink>(
    `SELECT TraceId AS traceId, SpanId AS spanId, ParentSpanId AS parentSpanId
FROM otel_traces
WHERE ${inRange({ fromMs: fromMs - lookbackMs, toMs: toMs + lookbackMs }, 'Timestamp')} AND TraceId IN ${idsOf(candidates)}`,
  );
};

/** Writes the rows again with another bit, all else kept; the engine sets a new `written_at`, so their windows are dirty. */
export async function writeChanges(
  statements: Statements,
  candidates: readonly Candidate[],
  changes: readonly TraceChange[],
): Promise<void> {
  const names = ML_INFERENCES_INSERTED.map(([name]) => name);
  const kept = names.filter((name) => name !== 'rollup' && name !== 'row_version');
  for (const rollup of [true, false]) {
    const changed = changes.filter((change) => change.rollup === rollup);
    if (changed.length === 0) continue;
    const rows = changed.map(
      ({ tenant, traceId, inferenceId }) =>
        `(${[tenant, traceId, inferenceId].map(quoteText).join(', ')})`,
    );
    const versions = new Map(changed.map(({ traceId, rowVersion }) => [traceId, rowVersion]));
    await statements.run(
      `INSERT INTO ml_inferences (${kept.join(', ')}, rollup, row_version)
SELECT ${kept.join(', ')}, ${Number(rollup)}, transform(trace_id, [${Array.from(versions.keys(), quoteText).join(', ')}], [${[...versions.values()].join(', ')}]::Array(UInt64), row_version)
FROM ml_inferences FINAL
WHERE ${inRange(timesOf(candidates))} AND (tenant, trace_id, inference_id) IN (${rows.join(', ')})
SETTINGS do_not_merge_across_partitions_select_final = 1`,
    );
  }
}
