import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Variables } from './grafanaMacros';

/** The fields of a dashboard's JSON that queries are in. */
interface Target {
  readonly rawSql: string;
  readonly queryType: string;
  readonly format: number;
}
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly time: { readonly from: string };
  readonly panels: readonly {
    readonly title: string;
    readonly type: string;
    readonly interval?: string;
    readonly targets: readonly Target[];
  }[];
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly type: string;
      readonly query: Target;
      readonly allValue?: string;
    }[];
  };
  readonly annotations?: { readonly list?: readonly { name: string; target: Target }[] };
}

export interface DashboardQuery {
  readonly dashboard: DashboardJson;
  readonly name: string;
  /** What draws it: a type of panel, `variable` or `annotation`. */
  readonly kind: string;
  readonly format: number;
  /** The width of a point at least, in seconds. */
  readonly intervalS: number;
  readonly sql: string;
}

const DIRECTORY = resolve(__dirname, '../../dashboards');
const SECONDS: Readonly<Record<string, number>> = { '1m': 60, '5m': 300, '1h': 3600 };

/** The committed dashboards, in the order of their files. */
export const readDashboards = (directory = DIRECTORY): readonly DashboardJson[] =>
  readdirSync(directory)
    .filter((name) => /^plumbline-.*\.json$/.test(name))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as DashboardJson);

/** Every query of a dashboard: of its panels, variables and annotations. */
export const queriesOf = (dashboard: DashboardJson): readonly DashboardQuery[] => {
  const query = (name: string, kind: string, target: Target, interval = '1m'): DashboardQuery => ({
    dashboard,
    name: `${dashboard.uid}: ${kind} ${name}`,
    kind,
    format: target.format,
    intervalS: SECONDS[interval] ?? 60,
    sql: target.rawSql,
  });
  return [
    ...dashboard.panels.flatMap(({ title, type, interval, targets }) =>
      targets.map((target) => query(title, type, target, interval)),
    ),
    ...dashboard.templating.list
      .filter(({ type }) => type === 'query')
      .map((variable) => query(variable.name, 'variable', variable.query)),
    ...(dashboard.annotations?.list ?? []).map(({ name, target }) =>
      query(name, 'annotation', target),
    ),
  ];
};

/** The variables of a dashboard with all of them at "All". */
export const allOf = ({ templating }: DashboardJson): Variables =>
  Object.fromEntries(
    templating.list
      .filter(({ type }) => type === 'query')
      .map(({ name, allValue }) => [name, { custom: allValue ?? '' }]),
  );
