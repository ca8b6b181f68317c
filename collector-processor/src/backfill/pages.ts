import type { ClickHouseClient } from '@clickhouse/client';
import { packSlices } from '../monitor/packSlices';
import { inRange, type TimeRange } from '../monitor/timeText';

/** A range that is read by one statement, and how many spans start in it. */
export interface Page extends TimeRange {
  readonly spans: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const startsOf = async (
  client: Pick<ClickHouseClient, 'query'>,
  unit: string,
  range: TimeRange,
): Promise<{ startMs: number; rows: number }[]> => {
  const answer = await client.query({
    query: `SELECT toInt64(toUnixTimestamp(${unit}(toDateTime(Timestamp, 'UTC')))) * 1000 AS startMs, count() AS rows
FROM otel_traces WHERE ${inRange(range, 'Timestamp')} GROUP BY startMs ORDER BY startMs`,
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  return answer.json();
};

/**
 * Pages of whole minutes in the order of time, each within one day (a partition) and of at most `maxSpans` unless a
 * minute alone has more. Days without spans cost nothing.
 */
export async function* pagesOf(
  client: Pick<ClickHouseClient, 'query'>,
  range: TimeRange,
  maxSpans: number,
): AsyncGenerator<Page> {
  const within = (from: number, to: number): TimeRange => ({
    fromMs: Math.max(from, range.fromMs),
    toMs: Math.min(to, range.toMs),
  });
  for (const { startMs: day } of await startsOf(client, 'toStartOfDay', range)) {
    const minutes = await startsOf(client, 'toStartOfMinute', within(day, day + DAY_MS));
    const spans = new Map(minutes.map(({ startMs, rows }) => [startMs, rows]));
    for (const slice of packSlices(minutes, { widthMs: MINUTE_MS, maxRows: maxSpans })) {
      yield {
        ...within(slice.fromMs, slice.toMs),
        spans: slice.starts.reduce((sum, start) => sum + spans.get(start)!, 0),
      };
    }
  }
}
