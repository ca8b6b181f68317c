import { z } from 'zod';
import type { FeedbackValues } from '../../core/mlRecord';
import type { BlockEvents } from '../../store/block';
import { FEW_DAYS, inFewDays, MAX_RECORDS, recordFields, recordsAnswer } from '../recordFields';
import { defineWrite, ok } from '../route';
import { describeBatch, recordOf, writeRecords } from '../writeRecords';

const verdict = z
  .strictObject({
    ...recordFields,
    score: z.number().optional(),
    text: z.string().max(16_384).default(''),
  })
  .refine(({ score, text }) => score !== undefined || text !== '', 'must have a score or a text');

const body = z.strictObject({
  feedback: z.array(verdict).min(1).max(MAX_RECORDS).refine(inFewDays, FEW_DAYS),
});

const valuesOf = ({ score = NaN, text, source }: z.output<typeof verdict>): FeedbackValues => ({
  kind: 'feedback',
  score,
  text,
  source,
  problem: '',
});

/** What people say about answers. */
export const feedbackRoute = (events: BlockEvents) =>
  defineWrite({
    method: 'POST',
    path: '/feedback',
    operationId: 'writeFeedback',
    summary: "Tell people's verdicts on predictions",
    role: 'editor',
    action: 'feedback.write',
    body,
    answer: recordsAnswer,
    describe: ({ feedback }) => describeBatch('feedback', feedback),
    write: async ({ feedback }, context) =>
      ok(
        await writeRecords(
          feedback.map((told) => recordOf(told, valuesOf(told), context)),
          context,
          events,
        ),
      ),
  });
