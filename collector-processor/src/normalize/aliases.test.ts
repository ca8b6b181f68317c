import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeAliases } from '../../../test/support/describeAliases';
import { ALIASES } from './aliases';

const text = (place: number): string => `told${place}`;

// Written out here, not taken from the table.
describeAliases([
  {
    what: 'provider',
    keys: [
      'gen_ai.provider.name',
      'gen_ai.system',
      'llm.provider',
      'llm.system',
      'ai.model.provider',
    ],
    told: text,
    read: ({ provider }) => provider,
  },
  {
    what: 'requested model',
    keys: [
      'gen_ai.request.model',
      'llm.request.model_name',
      'llm.model_name',
      'llm.request.model',
      'embedding.model_name',
      'reranker.model_name',
      'ai.model.id',
      'ml.model.name',
    ],
    told: text,
    read: ({ model }) => model,
  },
  {
    what: 'answering model',
    keys: [
      'gen_ai.response.model',
      'llm.response.model_name',
      'llm.response.model',
      'ai.response.model',
      'ml.model.version',
    ],
    told: text,
    read: ({ version }) => version,
  },
  {
    what: 'fingerprint',
    keys: ['openai.response.system_fingerprint', 'gen_ai.openai.response.system_fingerprint'],
    told: text,
    read: ({ systemFingerprint }) => systemFingerprint,
  },
  {
    what: 'finish reason',
    keys: [
      'gen_ai.response.finish_reasons',
      'gen_ai.response.finish_reason',
      'gen_ai.response.stop_reason',
      'llm.finish_reason',
      'llm.response.finish_reason',
      'llm.response.stop_reason',
      'gen_ai.completion.0.finish_reason',
      'ai.response.finishReason',
    ],
    told: text,
    read: ({ finishReason }) => finishReason,
  },
  {
    what: 'response id',
    keys: ['gen_ai.response.id', 'llm.response.id', 'ai.response.id'],
    told: text,
    read: ({ responseId }) => responseId,
  },
  {
    what: 'time to first chunk',
    keys: ['gen_ai.response.time_to_first_chunk', 'ai.response.msToFirstChunk'],
    told: (place) => (place === 0 ? 0.5 : 125.5),
    read: ({ ttftMs }) => ttftMs,
    expected: (place) => (place === 0 ? 500 : 125.5),
  },
  {
    what: 'length of the answer',
    keys: [
      'gen_ai.output.messages',
      'gen_ai.completion',
      'ai.response.text',
      'ai.response.object',
      'output.value',
      'gen_ai.completion.0.content',
    ],
    told: (place) => 'x'.repeat(place + 1),
    read: ({ outputChars }) => outputChars,
    expected: (place) => place + 1,
  },
  {
    what: 'model type',
    keys: ['ml.model.type'],
    told: () => 'regression',
    read: ({ modelType }) => modelType,
  },
  {
    what: 'data source',
    keys: ['ml.data.source', 'gen_ai.data_source.id'],
    told: text,
    read: ({ dataSource }) => dataSource,
  },
  {
    what: 'team',
    keys: ['team', 'service.team', 'team.name', 'owner.team', 'service.owner'],
    told: text,
    read: ({ team }) => team,
  },
  {
    what: 'route',
    keys: ['plumbline.route', 'http.route'],
    told: text,
    read: ({ route }) => route,
  },
  {
    what: 'error type',
    keys: ['error.type'],
    told: text,
    read: ({ errorType }) => errorType,
  },
  {
    what: 'environment',
    keys: ['deployment.environment.name', 'deployment.environment'],
    told: text,
    read: ({ environment }) => environment,
  },
  {
    what: 'service',
    keys: ['service.name'],
    told: text,
    read: ({ service }) => service,
  },
]);

it('is documented', () => {
  const page = readFileSync(resolve(__dirname, '../../../docs/conventions.md'), 'utf8');
  const undocumented = Object.values(ALIASES)
    .flat()
    .filter((key) => !page.includes(`\`${key}\``));
  expect(undocumented).toEqual([]);
});
