import type { AlertingFile, AlertingGroup, AlertingRule } from './alertingSchema';
import { templateProblem } from './templateProblem';

/** What the rules of all files may refer to. */
export interface Known {
  readonly dataSources: ReadonlySet<string>;
  readonly receivers: ReadonlySet<string>;
  readonly muteTimes: ReadonlySet<string>;
}

const EXPRESSIONS = new Set(['__expr__', '-100']);

/** Macros that the data source's backend expands (version 4.20.0); any other is passed on as it is, and the query fails. */
const MACROS = new Set(
  'timeFilter timeFilter_ms dateFilter dateTimeFilter dt fromTime toTime fromTime_ms toTime_ms timeInterval timeInterval_ms interval_s interval_ms timeFrom timeTo timeGroup'.split(
    ' ',
  ),
);

const seconds = (duration: string): number =>
  [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * { ms: 0.001, s: 1, m: 60, h: 3600 }[unit as 's'],
    0,
  );

const queryProblems = (sql: string): string[] => [
  ...[...sql.matchAll(/\$__(\w+)/g)].flatMap(([macro, name]) =>
    MACROS.has(name!) ? [] : [`the backend does not expand ${macro}`],
  ),
  ...(/\$\{?(?!__)\w/.test(sql) ? ['a variable of a dashboard: the backend has none'] : []),
  ...(/\bFORMAT\s+\w+\s*;?\s*$/i.test(sql) ? ['FORMAT breaks the decoding of the answer'] : []),
];

const nodeProblems = ({ data, condition }: AlertingRule, { dataSources }: Known): string[] => {
  const refIds = new Set(data.map(({ refId }) => refId));
  const problems = data.flatMap(({ refId, datasourceUid, relativeTimeRange: range, model }) => {
    const of = (problem: string): string => `${refId}: ${problem}`;
    const wrongRef = model.refId === refId ? [] : [of(`its model says refId ${model.refId}`)];
    if (EXPRESSIONS.has(datasourceUid)) {
      if ('rawSql' in model) return [of('an expression cannot have SQL')];
      const named = model.type === 'math' ? [] : [model.expression];
      const missing = named.filter((name) => !refIds.has(name));
      return [...wrongRef, ...missing.map((name) => of(`reads ${name}, which is not there`))];
    }
    if (!('rawSql' in model)) return [of(`is no query, but its data source is ${datasourceUid}`)];
    return [
      ...wrongRef,
      ...(dataSources.has(datasourceUid) ? [] : [of(`unknown datasourceUid ${datasourceUid}`)]),
      ...(range !== undefined && range.from > range.to
        ? []
        : [of('needs a relativeTimeRange whose from is above its to')]),
      ...queryProblems(model.rawSql).map(of),
    ];
  });
  const readDirectly = data.filter(
    ({ model }) =>
      'type' in model &&
      model.type === 'threshold' &&
      data.some(
        (one) => one.refId === model.expression && 'format' in one.model && one.model.format === 0,
      ),
  );
  return [
    ...(refIds.size === data.length ? [] : ['two nodes have one refId']),
    ...(refIds.has(condition) ? [] : [`condition ${condition} is not among its nodes`]),
    ...problems,
    ...readDirectly.map(
      ({ refId }) => `${refId}: compares a time series: it needs a reduce before it`,
    ),
  ];
};

const notificationProblems = (rule: AlertingRule, known: Known): string[] => {
  const settings = rule.notification_settings;
  if (settings === undefined)
    return ['has no notification_settings: it would follow a policy tree that is not ours'];
  const { receiver, group_by: groupBy = [], mute_time_intervals: mutes = [] } = settings;
  return [
    ...(known.receivers.has(receiver) ? [] : [`receiver ${receiver} does not exist`]),
    ...mutes.flatMap((name) =>
      known.muteTimes.has(name) ? [] : [`time interval ${name} does not exist`],
    ),
    ...(groupBy.length === 0 ||
    groupBy.includes('...') ||
    ['grafana_folder', 'alertname'].every((name) => groupBy.includes(name))
      ? []
      : ['group_by needs grafana_folder and alertname']),
  ];
};

const textProblems = ({ labels = {}, annotations = {} }: AlertingRule): string[] => [
  // Grafana puts environment variables into labels, where `$values` would be one.
  ...Object.entries(labels).flatMap(([name, text]) =>
    /(^|[^$])\$(\$\$)*[A-Za-z_{]/.test(text) ? [`label ${name}: a $ must be written $$`] : [],
  ),
  ...Object.entries({ ...labels, ...annotations }).flatMap(([name, text]) => {
    const problem = templateProblem(text);
    return problem === undefined ? [] : [`${name}: ${problem}`];
  }),
];

const groupProblems = ({ name, interval, rules }: AlertingGroup, known: Known): string[] => [
  ...(seconds(interval) > 0 && seconds(interval) % 10 === 0
    ? []
    : [
        `group ${name}: interval (${interval}) should be non-zero and divided exactly by scheduler interval: 10`,
      ]),
  ...rules.flatMap((rule) =>
    [...nodeProblems(rule, known), ...notificationProblems(rule, known), ...textProblems(rule)].map(
      (problem) => `rule ${rule.uid}: ${problem}`,
    ),
  ),
];

/** Everything wrong with the rules of one file that its form alone does not show. */
export const ruleProblems = ({ groups = [] }: AlertingFile, known: Known): string[] =>
  groups.flatMap((group) => groupProblems(group, known));
