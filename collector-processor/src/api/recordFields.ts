import { z } from 'zod';
import { MAX_DAYS_PER_INSERT } from '../store/errorClass';

const DAY_MS = 86_400_000;
/** What a day of a table can be called. */
const FIRST_MS = 0;
const LAST_MS = Date.UTC(2100, 0, 1);

const name = (maxLength: number) => z.string().max(maxLength);

/** What all records about predictions have in common. */
export const recordFields = {
  prediction_id: z
    .string()
    .min(1)
    .max(512)
    .meta({ description: '`ml.prediction.id` of the prediction, or the id that it was given' }),
  time: z.iso
    .datetime({ offset: true })
    .refine((text) => {
      const time = Date.parse(text);
      return time >= FIRST_MS && time < LAST_MS;
    }, 'must be between 1970 and 2100')
    .optional()
    .meta({ description: 'when it became known; the time of the request where it is left out' }),
  source: name(128).default('').meta({ description: 'who says so, for example chargebacks' }),
  environment: name(256).default(''),
  model: name(512).default(''),
  version: name(256).default(''),
  service: name(256).default(''),
};

/** Each day is a part of its own in the store, so one request must not touch too many. */
export const inFewDays = (records: readonly { readonly time?: string | undefined }[]): boolean =>
  new Set(
    records.flatMap(({ time }) =>
      time === undefined ? [] : [Math.floor(Date.parse(time) / DAY_MS)],
    ),
  ).size < MAX_DAYS_PER_INSERT;

export const FEW_DAYS = `must touch fewer than ${MAX_DAYS_PER_INSERT} days`;
export const MAX_RECORDS = 10_000;

/** What became of a batch. */
export const recordsAnswer = z.object({
  accepted: z.int().min(0).meta({ description: 'records written' }),
  unknown_predictions: z.int().min(0).nullable().meta({
    description:
      'different prediction ids that are not stored (yet); null where that could not be counted in time',
  }),
});
