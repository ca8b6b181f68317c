import { z } from 'zod';
import { featuresOf, inference, readInference } from '../predictions/inference';
import { nearest, readNearest } from '../predictions/nearest';
import { againstReference, feature, readReferences } from '../predictions/reference';
import { readToldAbout, toldAbout } from '../predictions/told';
import { problem } from '../problem';
import { defineRead, failed, ok, type ReadContext, type Result } from '../route';

const MOST_FEATURES = 500;

const answer = z.object({
  inference,
  features: z.array(feature).meta({ description: `the first ${MOST_FEATURES} by name` }),
  features_truncated: z.boolean(),
  ...toldAbout.shape,
  nearest: nearest.meta({
    description: 'the most similar stored predictions with another outcome',
  }),
});

async function readPrediction(
  id: string,
  context: ReadContext,
): Promise<Result<z.output<typeof answer>>> {
  const stored = await readInference(id, context);
  if (stored === undefined) return failed(problem('not-found', 'no such prediction is stored'));
  const all = Object.entries(featuresOf(stored)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const shown = all.slice(0, MOST_FEATURES);
  const telling = readToldAbout(stored, context);
  const names = [...shown.map(([name]) => name), '@prediction', '@score'];
  const searching = readReferences(stored, names, context).then(async (references) => ({
    references,
    found: await readNearest(stored, references, context),
  }));
  const [told, { references, found }] = await Promise.all([telling, searching]);
  return ok({
    inference: inference.parse(stored),
    features: shown.map(([name, value]) => againstReference(name, value, references.get(name))),
    features_truncated: all.length > shown.length,
    ...told,
    nearest: found,
  });
}

const id = z.string().min(1).max(512);
const text = {
  summary: 'A prediction with all that is known about it',
  role: 'viewer',
  answer,
} as const;

export const predictionRoute = defineRead({
  ...text,
  path: '/predictions/{id}',
  operationId: 'readPrediction',
  params: z.strictObject({ id }),
  query: z.strictObject({}),
  read: ({ path }, context) => readPrediction(path.id, context),
});

/** Ids with a slash cannot travel in a path: proxies decode it. */
export const predictionByQueryRoute = defineRead({
  ...text,
  description:
    'As `/predictions/{id}`, for ids with a character that a path must not hold, such as `/`.',
  path: '/predictions',
  operationId: 'readPredictionByQuery',
  params: z.strictObject({}),
  query: z.strictObject({ id }),
  read: ({ query }, context) => readPrediction(query.id, context),
});
