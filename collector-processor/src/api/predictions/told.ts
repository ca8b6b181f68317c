import { z } from 'zod';
import { readRows, type Reading } from '../readRows';
import type { StoredInference } from './inference';

const time = z.iso.datetime();
const number = z.number().nullable();

/** What was told about a prediction beside itself; the newest first. */
export const toldAbout = z.object({
  labels: z.array(
    z.object({ time, value: number, label: z.string(), source: z.string(), received_at: time }),
  ),
  feedback: z.array(z.object({ time, score: number, text: z.string(), source: z.string() })),
  evaluations: z.array(
    z.object({
      ...{ time, name: z.string(), score: number, label: z.string() },
      ...{ explanation: z.string(), error_type: z.string() },
    }),
  ),
  attributions: z
    .object({
      time,
      method: z.string(),
      base_value: number,
      values: z.array(z.object({ feature: z.string(), contribution: z.number() })),
    })
    .nullable()
    .meta({ description: 'as the service sent them; null: it sent none' }),
});
type ToldAbout = z.output<typeof toldAbout>;

const SHOWN = 100;

type Kind = 'label' | 'feedback' | 'evaluation' | 'explanation';

/** A record of any kind. What a kind does not have is empty. */
interface ToldRow {
  readonly kind: Kind;
  readonly time: string;
  readonly received_at: string;
  readonly number: number | null;
  readonly name: string;
  readonly label: string;
  readonly text: string;
  readonly source: string;
  readonly attributions: Readonly<Record<string, number | null>>;
}

interface Stored {
  readonly table: string;
  readonly number: string;
  readonly name?: string;
  readonly label?: string;
  readonly text?: string;
  readonly source?: string;
  readonly attributions?: string;
}

/** Where each kind is stored, and its columns. */
const STORED: Readonly<Record<Kind, Stored>> = {
  label: { table: 'ml_labels', number: 'value', label: 'label', source: 'source' },
  feedback: { table: 'ml_feedback', number: 'score', text: 'text', source: 'source' },
  evaluation: {
    ...{ table: 'ml_evaluations', number: 'score', name: 'name', label: 'label' },
    ...{ text: 'explanation', source: 'error_type' },
  },
  explanation: {
    ...{ table: 'ml_explanations', number: 'base_value', name: 'method' },
    attributions: 'attributions',
  },
};

const NO_ATTRIBUTIONS = "CAST(map(), 'Map(LowCardinality(String), Float64)')";

/**
 * The newest records of a kind. Of copies of a record, which are merged some time, the one with the highest version counts: FINAL
 * would choose it too, but reads whole keys.
 */
const newest = (kind: Kind, where: string): string => {
  const { table, number, name, label, text, source, attributions } = STORED[kind];
  const texts = { name, label, text, source };
  const columns = Object.entries(texts).map(
    ([as, column]) => `${column === undefined ? "''" : `toString(told.${column})`} AS ${as}`,
  );
  return `(SELECT '${kind}' AS kind, told.time AS time, told.received_at AS received_at, told.${number} AS number,
  ${columns.join(', ')}, ${attributions === undefined ? NO_ATTRIBUTIONS : `told.${attributions}`} AS attributions
FROM (
  SELECT * FROM ${table}
  WHERE tenant = {tenant: String} AND ${where}
  ORDER BY row_version DESC
  LIMIT 1 BY environment, model, version, time, inference_id, record_id
) AS told
ORDER BY received_at DESC, time DESC LIMIT ${SHOWN})`;
};

/** What was told about a prediction in one statement, the newest of each kind first; judges often name only the response. */
const readTold = async (
  { inference_id: id, response_id: response = '' }: Asked,
  kinds: readonly Kind[],
  context: Reading,
): Promise<ToldRow[]> => {
  const ofId = 'inference_id = {id: String}';
  const ofResponse = "(inference_id = '' AND response_id = {response: String})";
  const where = (kind: Kind): string =>
    kind === 'evaluation' && response !== '' ? `(${ofId} OR ${ofResponse})` : ofId;
  const rows = await readRows<ToldRow>(
    context,
    kinds.map((kind) => newest(kind, where(kind))).join('\nUNION ALL\n'),
    { id, response },
  );
  // A union keeps no order; times are texts of one length.
  return rows.toSorted((a, b) => compare(b.received_at, a.received_at) || compare(b.time, a.time));
};

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

type Asked = Pick<StoredInference, 'inference_id'> & Partial<Pick<StoredInference, 'response_id'>>;

/** The newest attributions that there are. */
function attributionsIn(rows: readonly ToldRow[]): ToldAbout['attributions'] {
  const row = rows.find(
    ({ kind, attributions }) => kind === 'explanation' && Object.keys(attributions).length > 0,
  );
  if (row === undefined) return null;
  const values = Object.entries(row.attributions)
    .flatMap(([feature, contribution]) =>
      contribution === null ? [] : [{ feature, contribution }],
    )
    .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return { time: row.time, method: row.name, base_value: row.number, values };
}

/** The attributions that a service sent with a prediction; null: none. */
export const readAttributions = async (
  { inference_id }: Pick<StoredInference, 'inference_id'>,
  context: Reading,
): Promise<ToldAbout['attributions']> =>
  attributionsIn(await readTold({ inference_id }, ['explanation'], context));

const KINDS: readonly Kind[] = ['label', 'feedback', 'evaluation', 'explanation'];

/** Labels, feedback, evaluations and attributions of a prediction, the newest hundred of each. */
export async function readToldAbout(row: StoredInference, context: Reading): Promise<ToldAbout> {
  const rows = await readTold(row, KINDS, context);
  const of = (wanted: Kind) => rows.filter(({ kind }) => kind === wanted);
  return {
    labels: of('label').map(({ time: told, number: value, label, source, received_at }) => ({
      ...{ time: told, value, label, source, received_at },
    })),
    feedback: of('feedback').map(({ time: told, number: score, text, source }) => ({
      ...{ time: told, score, text, source },
    })),
    evaluations: of('evaluation').map(
      ({ time: told, name, number: score, label, text, source }) => ({
        ...{ time: told, name, score, label, explanation: text, error_type: source },
      }),
    ),
    attributions: attributionsIn(rows),
  };
}
