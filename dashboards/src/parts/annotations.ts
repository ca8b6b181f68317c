import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type AnnotationQuery,
  AnnotationQueryBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { driftPages, eventMarks } from '@plumbline/schemas/queries';
import { DATA_SOURCE } from './dataSource';
import { MODELS } from './scopes';
import { sqlQuery } from './sqlQuery';

const marks = (name: string, color: string, sql: string): Builder<AnnotationQuery> =>
  new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATA_SOURCE)
    .enable(true)
    .hide(false)
    .iconColor(color)
    .target(sqlQuery(sql, 'table', 'Anno'));

/** What a chart of a model is read with: when it was deployed, when it paged, when its provider changed it silently. */
export const modelAnnotations = (): Builder<AnnotationQuery>[] => [
  marks('Deployments', 'blue', eventMarks(MODELS, ['deployed', 'stage_changed'])),
  marks('Drift pages', 'red', driftPages(MODELS)),
  marks('Silent model changes', 'purple', eventMarks(MODELS, ['silent_change'])),
];
