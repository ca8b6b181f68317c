import { appLink } from './appLinks';
import { evidenceQuery, ruleQuery, ruleRangeSeconds, ruleThreshold } from './ruleQuery';
import type { ErrorState, NoDataState, RuleScope, RuleTemplate, RuleValues } from './ruleTemplate';

const EXPRESSIONS = '__expr__';
/** The refIds of the number that decides, and of the comparison. */
const DECIDING = 'A';
const CONDITION = 'C';

export interface ClickHouseModel {
  readonly refId: string;
  readonly pluginVersion: string;
  readonly editorType: 'sql';
  readonly queryType: 'table';
  /** 1: a table. With text columns and one number Grafana makes labelled numbers of it. */
  readonly format: 1;
  readonly rawSql: string;
}

export interface ThresholdModel {
  readonly refId: string;
  readonly type: 'threshold';
  readonly expression: string;
  readonly conditions: readonly {
    readonly evaluator: { readonly type: 'gt' | 'lt'; readonly params: readonly [number] };
  }[];
}

export interface RuleNode {
  readonly refId: string;
  readonly datasourceUid: string;
  /** Whole seconds: Grafana refuses a text here. */
  readonly relativeTimeRange: { readonly from: number; readonly to: number };
  readonly model: ClickHouseModel | ThresholdModel;
}

/** What the file and the API of Grafana have in common. */
export interface AlertRule {
  readonly uid: string;
  readonly title: string;
  readonly condition: string;
  readonly for: string;
  readonly noDataState: NoDataState;
  readonly execErrState: ErrorState;
  /** Labels that every alert of the rule has besides those of its rows. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly data: readonly RuleNode[];
}

export interface RuleSettings {
  /** Of the ClickHouse data source. */
  readonly datasourceUid: string;
  /** Default `plumbline-<id>`. */
  readonly uid?: string;
  readonly title?: string;
  /** Those that are left out have their default. */
  readonly values?: RuleValues;
  readonly scope?: RuleScope;
  /** Where the runbooks are published; each is `<base>/<id>.md`. */
  readonly runbooks?: string;
}

/** Alerts have no label of the segments that a rule is about, so that their summary names these. Braces would begin a template. */
const inSegments = (template: RuleTemplate, { segment = [] }: RuleScope): string =>
  segment.length === 0 || !template.scope.includes('segment')
    ? ''
    : ` (${segment.join(', ').replaceAll('{{', '{ {')})`;

const annotationsOf = (
  template: RuleTemplate,
  { runbooks, scope = {} }: Pick<RuleSettings, 'runbooks' | 'scope'>,
) => ({
  summary: `${template.summary}${inSegments(template, scope)}`,
  description: template.details,
  link: appLink(template.link),
  runbook: `${template.firstStep} More: docs/runbooks/${template.id}.md`,
  ...(runbooks === undefined
    ? {}
    : { runbook_url: `${runbooks.replace(/\/+$/, '')}/${template.id}.md` }),
});

/**
 * A rule as Grafana takes it. One query decides, the evidence comes from further ones over the same rows; the threshold reads
 * the numbers directly, for a row is an instance already. Throws a `RangeError` for values out of their bounds.
 */
export function buildRule(template: RuleTemplate, settings: RuleSettings): AlertRule {
  const { datasourceUid, uid = `plumbline-${template.id}`, title = template.title } = settings;
  const input = { values: settings.values ?? {}, scope: settings.scope ?? {} };
  const from = ruleRangeSeconds(template, input);
  const { type, value } = ruleThreshold(template, input);
  const queries = [
    [DECIDING, ruleQuery(template, input)] as const,
    ...template.evidence.map(
      (evidence) => [evidence.refId, evidenceQuery(template, input, evidence)] as const,
    ),
  ];
  return {
    uid,
    title,
    condition: CONDITION,
    for: template.for,
    noDataState: template.noData.state,
    execErrState: template.error.state,
    labels: {},
    annotations: annotationsOf(template, settings),
    data: [
      ...queries.map(([refId, rawSql]): RuleNode => ({
        refId,
        datasourceUid,
        relativeTimeRange: { from, to: 0 },
        model: {
          refId,
          pluginVersion: '4.20.0',
          editorType: 'sql',
          queryType: 'table',
          format: 1,
          rawSql,
        },
      })),
      {
        refId: CONDITION,
        datasourceUid: EXPRESSIONS,
        relativeTimeRange: { from: 0, to: 0 },
        model: {
          refId: CONDITION,
          type: 'threshold',
          expression: DECIDING,
          conditions: [{ evaluator: { type, params: [value] } }],
        },
      },
    ],
  };
}
