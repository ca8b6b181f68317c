import { z } from 'zod';
import type { LabelValues } from '../../core/mlRecord';
import type { BlockEvents } from '../../store/block';
import { FEW_DAYS, inFewDays, MAX_RECORDS, recordFields, recordsAnswer } from '../recordFields';
import { defineWrite, ok } from '../route';
import { describeBatch, recordOf, writeRecords } from '../writeRecords';

const label = z.strictObject({
  ...recordFields,
  value: z
    .union([z.number(), z.string().min(1).max(1024)])
    .meta({ description: 'what the prediction turned out to be' }),
});

const body = z.strictObject({
  labels: z.array(label).min(1).max(MAX_RECORDS).refine(inFewDays, FEW_DAYS),
});

/** Digits in a text count as a number too, as in telemetry. */
const valuesOf = ({ value, source }: z.output<typeof label>): LabelValues => {
  const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
  return {
    kind: 'label',
    value: Number.isFinite(number) ? number : NaN,
    label: String(value),
    source,
  };
};

/** Ground truth, told days later. */
export const labelsRoute = (events: BlockEvents) =>
  defineWrite({
    method: 'POST',
    path: '/labels',
    operationId: 'writeLabels',
    summary: 'Tell what predictions turned out to be',
    description:
      'Labels of predictions that nobody has stored are kept too: telemetry has no order. A label with the same prediction, time and content counts once.',
    role: 'editor',
    action: 'labels.write',
    body,
    answer: recordsAnswer,
    describe: ({ labels }) => describeBatch('labels', labels),
    write: async ({ labels }, context) =>
      ok(
        await writeRecords(
          labels.map((told) => recordOf(told, valuesOf(told), context)),
          context,
          events,
        ),
      ),
  });
