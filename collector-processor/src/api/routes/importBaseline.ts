import { Readable } from 'node:stream';
import { z } from 'zod';
import { BASELINE_LIMITS, createBaseline } from '../../monitor/baselines/createBaseline';
import { IMPORT_FORMATS, stageFile } from '../../monitor/baselines/importFile';
import { engineNow } from '../../monitor/statements';
import { problem } from '../problem';
import { defineWrite, failed } from '../route';
import { storeStatements } from '../storeStatements';
import { baselineIdOf, createdAnswer, freshBins, placeFields, tellReport } from './baselines';

const body = z.strictObject({
  ...placeFields,
  format: z.enum(IMPORT_FORMATS),
  encoding: z.enum(['text', 'base64']).default('text'),
  content: z.string().min(1).meta({
    description: 'the file: a column for each feature; CSV with names. Parquet in base64',
  }),
  fresh_bins: freshBins,
});

/** The store's own words about a file that it cannot read; anything else is not about the file. */
const UNREADABLE =
  /parquet::|Parquet|CANNOT_(?:PARSE|READ|EXTRACT)|INCORRECT_DATA|ILLEGAL_COLUMN|DUPLICATE_COLUMN|EMPTY_LIST/;
const isUnreadable = (error: unknown): error is Error =>
  error instanceof Error &&
  UNREADABLE.test(`${'type' in error ? String(error.type) : ''} ${error.message}`);

export const importBaselineRoute = defineWrite({
  method: 'POST',
  path: '/baselines/import',
  operationId: 'importBaseline',
  summary: 'Make a baseline of a training set',
  description:
    'The file travels in the body, so api.limits.maxBodyBytes is the most; `plumbline baseline import` takes larger ones.',
  role: 'editor',
  action: 'baselines.import',
  body,
  answer: createdAnswer,
  describe: ({ environment, model, version, segment, format, content }) => ({
    object: 'baseline',
    ...{ environment, model, version },
    request: { segment, format, characters: content.length },
  }),
  async write(told, context) {
    const { environment, model, version, segment, format, encoding, content } = told;
    const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
    const statements = storeStatements(context.store);
    try {
      const open = (): Readable => Readable.from([bytes]);
      const staged = await stageFile(context.store, { format, open });
      try {
        const toMs = await engineNow(statements);
        const request = {
          ...{ tenant: context.caller.tenant, environment, model, version, segment },
          ...({ fromMs: toMs - 1, toMs, source: 'import', freshBins: told.fresh_bins } as const),
          baseline: baselineIdOf(context, told),
        };
        const made = await createBaseline(statements, request, BASELINE_LIMITS, staged.rows);
        return tellReport(made);
      } finally {
        await staged.drop();
      }
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      const message = `is no ${format} that can be read: ${error.message.slice(0, 200)}`;
      const errors = [{ field: '/content', in: 'body', message }] as const;
      return failed(problem('invalid-request', `body /content: ${message}`, errors));
    }
  },
});
