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

const columnsOf = (schema: z.ZodObject): string => Object.keys(schema.shape).join(', ');

type RecordTable = 'ml_labels' | 'ml_feedback' | 'ml_evaluations' | 'ml_explanations';

/**
 * Records of one prediction as the view of the table shows them. Of copies of a record, which are merged some time, the one with
 * the highest version counts: FINAL would choose it too, but reads whole keys and cannot skip by the index of ids.
 */
const newestRecords = (table: RecordTable, columns: string, where: string): string =>
  `SELECT ${columns} FROM (
  SELECT ${columns}, received_at FROM ${table}
  WHERE tenant = {tenant: String} AND ${where}
  ORDER BY row_version DESC
  LIMIT 1 BY environment, model, version, time, inference_id, record_id
)
ORDER BY received_at DESC, time DESC`;

const readTold = <Row>(
  table: RecordTable,
  schema: z.ZodObject,
  { inference_id: id }: Pick<StoredInference, 'inference_id'>,
  context: Reading,
): Promise<Row[]> =>
  readRows<Row>(
    context,
    `${newestRecords(table, columnsOf(schema), 'inference_id = {id: String}')} LIMIT ${SHOWN}`,
    { id },
  );

/** Judges often name only the response. */
const readEvaluations = (
  { inference_id: id, response_id: response }: StoredInference,
  context: Reading,
): Promise<ToldAbout['evaluations']> =>
  readRows(
    context,
    `${newestRecords(
      'ml_evaluations',
      columnsOf(toldAbout.shape.evaluations.element),
      `(inference_id = {id: String}${response === '' ? '' : " OR (inference_id = '' AND response_id = {response: String})"})`,
    )} LIMIT ${SHOWN}`,
    { id, response },
  );

interface Explanation {
  readonly time: string;
  readonly method: string;
  readonly base_value: number | null;
  readonly attributions: Readonly<Record<string, number | null>>;
}

/** The attributions that a service sent with a prediction; null: none. */
export async function readAttributions(
  { inference_id: id }: Pick<StoredInference, 'inference_id'>,
  context: Reading,
): Promise<ToldAbout['attributions']> {
  const rows = await readRows<Explanation>(
    context,
    `${newestRecords('ml_explanations', 'time, method, base_value, attributions', 'inference_id = {id: String}')} LIMIT ${SHOWN}`,
    { id },
  );
  const row = rows.find(({ attributions }) => Object.keys(attributions).length > 0);
  if (row === undefined) return null;
  const values = Object.entries(row.attributions)
    .flatMap(([feature, contribution]) =>
      contribution === null ? [] : [{ feature, contribution }],
    )
    .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return { time: row.time, method: row.method, base_value: row.base_value, values };
}

/** Labels, feedback, evaluations and attributions of a prediction, the newest hundred of each. */
export async function readToldAbout(row: StoredInference, context: Reading): Promise<ToldAbout> {
  const { labels: label, feedback: verdict } = toldAbout.shape;
  const [labels, feedback, evaluations, attributions] = await Promise.all([
    readTold<ToldAbout['labels'][number]>('ml_labels', label.element, row, context),
    readTold<ToldAbout['feedback'][number]>('ml_feedback', verdict.element, row, context),
    readEvaluations(row, context),
    readAttributions(row, context),
  ]);
  return { labels, feedback, evaluations, attributions };
}
