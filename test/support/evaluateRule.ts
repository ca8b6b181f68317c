import type { ClickHouseClient } from '@clickhouse/client';
import type { AlertRule, ClickHouseModel, RuleNode, ThresholdModel } from '@plumbline/schemas/rules';
import { expandMacros } from './grafanaMacros';

/** One alert instance, as Grafana's evaluator would have it. */
export interface RuleInstance {
  readonly labels: Readonly<Record<string, string>>;
  /** NULL and NaN are null: neither fires. */
  readonly value: number | null;
  readonly firing: boolean;
  /** The numbers of the further queries by refId, with the texts that came along. */
  readonly evidence: Readonly<
    Record<string, { readonly value: number | null; readonly texts: Readonly<Record<string, string>> }>
  >;
}

interface LabelledNumber {
  readonly labels: Record<string, string>;
  readonly value: number | null;
}

interface Answer {
  readonly meta: readonly { readonly name: string; readonly type: string }[];
  readonly data: readonly (readonly (string | number | null)[])[];
}

const TEXT = /^(LowCardinality\()?(Nullable\()?String/;
const NUMBER = /^(Nullable\()?(Float|U?Int|Decimal)/;

/**
 * A table of texts and exactly one number becomes one labelled number a row; anything else is the error that Grafana 12.4
 * gives (an integer that is meant as a label is a second number, a time column makes it a series).
 */
const labelledNumbers = (refId: string, { meta, data }: Answer): LabelledNumber[] => {
  const numbers = meta.filter(({ type }) => NUMBER.test(type));
  const others = meta.filter(({ type }) => !NUMBER.test(type) && !TEXT.test(type));
  if (numbers.length !== 1 || others.length > 0)
    throw new Error(`${refId}: input data must be a wide series but got type not`);
  const at = meta.indexOf(numbers[0]!);
  const rows = data.map((row) => ({
    labels: Object.fromEntries(
      meta.flatMap(({ name }, i) => (i === at ? [] : [[name, String(row[i])]])),
    ),
    value: row[at] === null ? null : Number(row[at]),
  }));
  const keys = rows.map(({ labels }) => JSON.stringify(labels));
  if (new Set(keys).size !== keys.length)
    throw new Error(`${refId}: frame cannot uniquely be identified by its labels`);
  return rows;
};

const isQuery = (node: RuleNode): node is RuleNode & { model: ClickHouseModel } =>
  'rawSql' in node.model;

/** Labels match when one set holds the other. */
const matches = (own: Record<string, string>, other: Record<string, string>): boolean =>
  Object.entries(own).every(([name, value]) => other[name] === value);

/** Evaluates a rule of ours at a moment (Unix ms) as Grafana's server-side expressions do; no instances is "no data". */
export async function evaluateRule(
  client: ClickHouseClient,
  rule: AlertRule,
  at: number,
): Promise<RuleInstance[]> {
  const answers = new Map<string, LabelledNumber[]>();
  for (const node of rule.data.filter(isQuery)) {
    const from = at - node.relativeTimeRange.from * 1000;
    const to = at - node.relativeTimeRange.to * 1000;
    const query = expandMacros(node.model.rawSql, { from, to, intervalS: 1 });
    const result = await client.query({ query, format: 'JSONCompact' });
    answers.set(node.refId, labelledNumbers(node.refId, await result.json<never>() as unknown as Answer));
  }
  const condition = rule.data.find(({ refId }) => refId === rule.condition)!.model as ThresholdModel;
  const { type, params } = condition.conditions[0]!.evaluator;
  const fires = (value: number): boolean => (type === 'gt' ? value > params[0] : value < params[0]);
  return answers.get(condition.expression)!.map(({ labels, value }) => {
    const known = value === null || Number.isNaN(value) ? null : value;
    const evidence = [...answers]
      .filter(([refId]) => refId !== condition.expression)
      .flatMap(([refId, rows]) => {
        const row = rows.find((candidate) => matches(labels, candidate.labels));
        if (row === undefined) return [];
        const texts = Object.entries(row.labels).filter(([name]) => !(name in labels));
        return [[refId, { value: row.value, texts: Object.fromEntries(texts) }] as const];
      });
    return {
      labels,
      value: known,
      firing: known !== null && fires(known),
      evidence: Object.fromEntries(evidence),
    };
  });
}
