import type { DashboardLink } from '@grafana/grafana-foundation-sdk/dashboard';
import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { traceSpans } from '@plumbline/schemas/queries';
import { sqlFields } from './sqlQuery';

export const APP_PATH = '/a/plumbline-modelhealth-app';

/** Every dashboard of ours has it: the links between them are by tag, so that none has to know all others. */
export const TAG = 'plumbline';

const link = (title: string): DashboardLinkBuilder => new DashboardLinkBuilder(title).tooltip('');

/** The menu of the other dashboards, and the way into the app. Variables and time range come along. */
export const dashboardLinks = (): Builder<DashboardLink>[] => [
  link('Plumbline')
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .asDropdown(true)
    .includeVars(true)
    .keepTime(true),
  link('App').type(DashboardLinkType.Link).icon('external link').url(APP_PATH).keepTime(true),
];

/** A link of a table's cell, as Grafana's field configuration has it. */
export interface CellLink {
  readonly title: string;
  readonly url: string;
}

const KEEP = '${__url_time_range}&${datasource:queryparam}';
const field = (name: string): string => `\${__data.fields.${name}:percentencode}`;

/** Whether a table has a column, so that a link can name it. */
export type HasColumn = (name: string) => boolean;

/** What tells models of one name apart. The app reads it from the query, because a name may hold a slash. */
const IDENTITY = ['environment', 'model', 'version'] as const;

/** From a row's model to its page in the app and to its dashboard. */
export const modelLinks = (has: HasColumn): readonly CellLink[] => {
  const identity = IDENTITY.filter(has).map((name) => `var-${name}=${field(name)}`);
  return [
    {
      title: 'Open in the app',
      url: `${APP_PATH}/model/health?${[...identity, KEEP].join('&')}`,
    },
    {
      title: 'Model dashboard',
      url: `/d/plumbline-model?var-model=${field('model')}&${KEEP}`,
    },
    {
      title: 'Drift dashboard',
      url: `/d/plumbline-drift?var-model=${field('model')}&${KEEP}`,
    },
  ];
};

/** From a feature to its drift. */
export const featureLinks = (): readonly CellLink[] => [
  {
    title: 'Drift of this feature',
    url: `/d/plumbline-drift?var-model=${field('model')}&var-feature=${field('feature')}&${KEEP}`,
  },
];

/** A JSON text in a URL, in which Grafana still finds its variables. */
const encoded = (value: unknown): string =>
  encodeURIComponent(JSON.stringify(value)).replace(/%24%7B(\w+(?:\.\w+)?)%7D/g, '${$1}');

/** From a trace id to the trace view of Explore. */
export const traceLinks = (): readonly CellLink[] => [
  {
    title: 'Trace',
    url: `/explore?schemaVersion=1&panes=${encoded({
      trace: {
        datasource: '${datasource}',
        queries: [sqlFields(traceSpans("'${__value.raw}'"), 'traces')],
        range: { from: '${__from}', to: '${__to}' },
      },
    })}`,
  },
];
