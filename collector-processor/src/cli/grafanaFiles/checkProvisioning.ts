import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { messageOf } from '../../core/errors';
import { alertingFile, type AlertingFile } from './alertingSchema';
import { type Known, ruleProblems } from './checkRule';
import { dashboardFile, dataSourceFile, pluginFile } from './otherSchemas';
import { templateProblem } from './templateProblem';

/** The folder of `provisioning/` that a file is in decides how Grafana reads it. */
const SCHEMAS = {
  alerting: alertingFile,
  datasources: dataSourceFile,
  plugins: pluginFile,
  dashboards: dashboardFile,
} as const;

type Folder = keyof typeof SCHEMAS;
type Content = {
  readonly [F in Folder]: readonly (readonly [
    path: string,
    content: z.output<(typeof SCHEMAS)[F]>,
  ])[];
};

const folderOf = (path: string): Folder | undefined => {
  const [folder = ''] = path.split('/');
  return folder in SCHEMAS ? (folder as Folder) : undefined;
};

const read = (path: string, source: string): { content: unknown } | { problems: string[] } => {
  const document = parseDocument(source);
  if (document.errors.length > 0)
    return { problems: document.errors.map((error) => `${path}: ${messageOf(error)}`) };
  return { content: document.toJS() as unknown };
};

/** `${VAR}` and `$__env{VAR}` are expanded twice: what follows a `$` of the value would be eaten. */
const interpolationProblems = (path: string, source: string): string[] =>
  folderOf(path) === 'alerting'
    ? []
    : [...source.matchAll(/\$\{\w+\}|\$__env\{\w+\}/g)].map(
        ([text]) => `${path}: ${text}: write $NAME instead`,
      );

const twice = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, at) => values.indexOf(value) !== at)),
];

const knownTo = (content: Content): Known => {
  const alerting = content.alerting.map(([, file]) => file);
  return {
    dataSources: new Set(
      content.datasources.flatMap(([, file]) => file.datasources.map(({ uid }) => uid)),
    ),
    receivers: new Set(
      alerting.flatMap(({ contactPoints = [] }) => contactPoints.map(({ name }) => name)),
    ),
    muteTimes: new Set(alerting.flatMap(({ muteTimes = [] }) => muteTimes.map(({ name }) => name))),
  };
};

/** Problems that no file has by itself. */
const commonProblems = ({ alerting, datasources, dashboards }: Content): string[] => {
  const groups = alerting.flatMap(([, { groups: all = [] }]) => all);
  const sources = datasources.flatMap(([, file]) => file.datasources);
  const alertFolders = new Set(groups.map(({ folder }) => folder));
  const points = alerting.flatMap(([, { contactPoints = [] }]) => contactPoints);
  return [
    ...twice(groups.flatMap(({ rules }) => rules.map(({ uid }) => uid))).map(
      (uid) => `rule ${uid} is in two groups`,
    ),
    ...twice(points.flatMap(({ receivers }) => receivers.map(({ uid }) => uid))).map(
      (uid) => `two receivers have the uid ${uid}`,
    ),
    ...twice(sources.map(({ uid }) => uid)).map((uid) => `two data sources have the uid ${uid}`),
    ...(sources.filter(({ isDefault }) => isDefault).length > 1
      ? ['only one data source can be the default']
      : []),
    ...dashboards
      .flatMap(([, { providers }]) => providers)
      .flatMap(({ folder = '' }) =>
        alertFolders.has(folder)
          ? [`folder ${folder}: Grafana would make two, one for rules and one for dashboards`]
          : [],
      ),
  ];
};

const deletedInUse = ({ deleteContactPoints = [], contactPoints = [] }: AlertingFile): string[] => {
  const made = new Set(contactPoints.flatMap(({ receivers }) => receivers.map(({ uid }) => uid)));
  return deleteContactPoints.flatMap(({ uid }) =>
    made.has(uid) ? [`contact point ${uid} is made and deleted`] : [],
  );
};

/** Environment variables are put into these settings, so that `{{ range $i` would lose its `$i`. */
const settingProblems = ({ contactPoints = [] }: AlertingFile): string[] =>
  contactPoints.flatMap(({ receivers }) =>
    receivers.flatMap(({ uid, settings }) =>
      Object.entries(settings).flatMap(([name, value]) =>
        typeof value === 'string' && /\{\{[^}]*(?<!\$)\$(\$\$)*\w/.test(value)
          ? [`receiver ${uid}: ${name}: a $ inside {{ }} must be written $$`]
          : [],
      ),
    ),
  );

const alertingProblems = (path: string, file: AlertingFile, known: Known): string[] =>
  [
    ...ruleProblems(file, known),
    ...deletedInUse(file),
    ...settingProblems(file),
    ...(file.templates ?? []).flatMap(({ name, template }) => {
      const problem = templateProblem(template);
      return problem === undefined ? [] : [`template ${name}: ${problem}`];
    }),
  ].map((problem) => `${path}: ${problem}`);

/**
 * Every mistake in provisioning files that is known to end Grafana's start, and those that Grafana passes over although they
 * make a rule useless. `files`: paths below `provisioning/` (alerting/…, datasources/…) with their texts.
 */
export function checkProvisioning(files: ReadonlyMap<string, string>): readonly string[] {
  const problems: string[] = [];
  const content = { alerting: [], datasources: [], plugins: [], dashboards: [] } as Record<
    Folder,
    [string, never][]
  >;
  for (const [path, source] of files) {
    const folder = folderOf(path);
    const file = read(path, source);
    problems.push(...interpolationProblems(path, source));
    if (folder === undefined) problems.push(`${path}: Grafana reads no such folder`);
    else if ('problems' in file) problems.push(...file.problems);
    else {
      const checked = SCHEMAS[folder].safeParse(file.content);
      if (checked.success) content[folder].push([path, checked.data as never]);
      else
        problems.push(
          ...checked.error.issues.map(
            ({ path: at, message }) => `${path}: ${at.join('.')}: ${message}`,
          ),
        );
    }
  }
  const whole = content as unknown as Content;
  const known = knownTo(whole);
  return [
    ...problems,
    ...whole.alerting.flatMap(([path, file]) => alertingProblems(path, file, known)),
    ...commonProblems(whole),
  ];
}
