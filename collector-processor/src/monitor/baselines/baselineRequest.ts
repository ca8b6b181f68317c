import { quoteText } from '../quoteText';
import { inRange, type TimeRange } from '../timeText';
import { COUNTED, featureColumns } from '../features/featureValues';

export type BaselineSource = 'auto' | 'range' | 'import';

/** Which rows a baseline is made of. */
export interface BaselineRequest extends TimeRange {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly version: string;
  /** `key=value`; '' is all traffic. */
  readonly segment: string;
  readonly source: BaselineSource;
  /** Makes bins anew even for features that have some; windows are then counted again on them. */
  readonly freshBins: boolean;
  /** Its id, for a request that may come twice; else one is made up. */
  readonly baseline?: string;
}

/** Where rows come from, as a condition and a table; imports have a table of their own. */
export interface BaselineRows {
  readonly from: string;
  readonly source: 'inferences' | 'import';
}

export const INFERENCES: BaselineRows = { from: 'ml_inferences FINAL', source: 'inferences' };

export const modelOf = ({ tenant, environment, model }: BaselineRequest): string =>
  `tenant = ${quoteText(tenant)} AND environment = ${quoteText(environment)} AND model = ${quoteText(model)}`;

/** A condition on rows of ml_inferences: that they are in a segment; nothing for all traffic. */
export const segmentIs = (segment: string): string => {
  if (segment === '') return '';
  const at = segment.indexOf('=');
  const [key, value] = [segment.slice(0, at), segment.slice(at + 1)];
  return ` AND mapContains(segments, ${quoteText(key)}) AND segments[${quoteText(key)}] = ${quoteText(value)}`;
};

/** The rows of a request, one of `every`, as `countOnBins` and `newBins` read them. */
export const rowsOf = (request: BaselineRequest, rows: BaselineRows, every: number): string => {
  const columns = `[toUInt64(1)] AS cells, ${featureColumns(rows.source)}`;
  const sampled = every === 1 ? '' : ` AND cityHash64(inference_id) % ${every} = 0`;
  if (rows.source === 'import') {
    const [tenant, environment, model] = [request.tenant, request.environment, request.model].map(
      quoteText,
    ) as [string, string, string];
    return `SELECT toLowCardinality(${tenant}) AS tenant, toLowCardinality(${environment}) AS environment, toLowCardinality(${model}) AS model, ${columns}
FROM ${rows.from} WHERE 1${sampled}`;
  }
  return `SELECT tenant, environment, model, ${columns} FROM ${rows.from}
WHERE ${modelOf(request)} AND version = ${quoteText(request.version)} AND ${inRange(request)} AND ${COUNTED}${segmentIs(request.segment)}${sampled}`;
};
