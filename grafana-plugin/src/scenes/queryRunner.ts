import { SceneQueryRunner } from '@grafana/scenes';
import { clickhouseQuery, type QueryFormat } from '../queries/clickhouseQuery';
import { CLICKHOUSE_TYPE } from '../shared/dataSource';
import { DATA_SOURCE } from './variables';

/** The points of a series that nobody has measured a width for yet. */
const MAX_DATA_POINTS = 500;

/**
 * The data of a scene object (`$data`): asked for when it is shown, and again when the time range, a variable that the
 * statement names or the refresh button changes. Several statements become refId A, B, C …
 */
export const queryRunner = (
  sql: string | readonly string[],
  format: QueryFormat = 'table',
): SceneQueryRunner =>
  new SceneQueryRunner({
    datasource: { type: CLICKHOUSE_TYPE, uid: DATA_SOURCE },
    maxDataPoints: MAX_DATA_POINTS,
    queries: (typeof sql === 'string' ? [sql] : sql).map((statement, index) =>
      clickhouseQuery(statement, DATA_SOURCE, format, String.fromCharCode(65 + index)),
    ),
  });
