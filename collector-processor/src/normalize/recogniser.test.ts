import { describe, expect, it } from '@jest/globals';
import { normalizeSpan, onlyInference, type TestSpan } from '../../../test/support/normalizeSpans';

const USAGE = { 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 5 };
/** Canonical operation, told key and value. */
type Word = readonly [operation: string, key: string, value: string];

const LEAVES: readonly Word[] = [
  ['chat', 'gen_ai.operation.name', 'chat'],
  ['text_completion', 'gen_ai.operation.name', 'text_completion'],
  ['generate_content', 'gen_ai.operation.name', 'generate_content'],
  ['embeddings', 'gen_ai.operation.name', 'embeddings'],
  ['embeddings', 'gen_ai.operation.name', 'embedding'],
  ['chat', 'openinference.span.kind', 'LLM'],
  ['embeddings', 'openinference.span.kind', 'EMBEDDING'],
  ['rerank', 'openinference.span.kind', 'RERANKER'],
  ['chat', 'llm.request.type', 'chat'],
  ['text_completion', 'llm.request.type', 'completion'],
  ['embeddings', 'llm.request.type', 'embedding'],
  ['rerank', 'llm.request.type', 'rerank'],
  ['chat', 'ai.operationId', 'ai.generateText.doGenerate'],
  ['chat', 'ai.operationId', 'ai.streamText.doStream'],
  ['chat', 'ai.operationId', 'ai.generateObject.doGenerate'],
  ['chat', 'ai.operationId', 'ai.streamObject.doStream'],
  ['embeddings', 'ai.operationId', 'ai.embed.doEmbed'],
  ['embeddings', 'ai.operationId', 'ai.embedMany.doEmbed'],
  ['rerank', 'ai.operationId', 'ai.rerank.doRerank'],
];
const CONTAINERS: readonly Word[] = [
  ['invoke_agent', 'gen_ai.operation.name', 'invoke_agent'],
  ['invoke_workflow', 'gen_ai.operation.name', 'invoke_workflow'],
  ['plan', 'gen_ai.operation.name', 'plan'],
  ['chain', 'openinference.span.kind', 'CHAIN'],
  ['invoke_agent', 'openinference.span.kind', 'AGENT'],
  ['invoke_workflow', 'traceloop.span.kind', 'workflow'],
  ['task', 'traceloop.span.kind', 'task'],
  ['invoke_agent', 'traceloop.span.kind', 'agent'],
  ['invoke_agent', 'ai.operationId', 'ai.generateText'],
  ['invoke_agent', 'ai.operationId', 'ai.streamText'],
  ['invoke_agent', 'ai.operationId', 'ai.generateObject'],
  ['invoke_agent', 'ai.operationId', 'ai.streamObject'],
  ['invoke_workflow', 'ai.operationId', 'ai.embed'],
  ['invoke_workflow', 'ai.operationId', 'ai.embedMany'],
  ['invoke_workflow', 'ai.operationId', 'ai.rerank'],
];
const NO_CALLS: readonly (readonly [key: string, value: string])[] = [
  ...[
    'execute_tool',
    'retrieval',
    'create_agent',
    'fetch_response',
    'create_memory',
    'search_memory',
    'update_memory',
    'upsert_memory',
    'delete_memory',
    'create_memory_store',
    'delete_memory_store',
  ].map((name) => ['gen_ai.operation.name', name] as const),
  ...['RETRIEVER', 'TOOL', 'GUARDRAIL', 'EVALUATOR', 'PROMPT'].map(
    (kind) => ['openinference.span.kind', kind] as const,
  ),
  ['traceloop.span.kind', 'tool'],
  ['ai.operationId', 'ai.toolCall'],
];

describe('one span', () => {
  it.each(LEAVES)('is one %s when %s is %s', (operation, key, value) => {
    const inference = onlyInference({ attributes: { [key]: value } });
    expect([inference.operation, inference.rollup]).toEqual([operation, 0]);
  });

  it.each(CONTAINERS)('is a rollup %s when %s is %s and it has usage', (operation, key, value) => {
    const inference = onlyInference({ attributes: { [key]: value, ...USAGE } });
    expect([inference.operation, inference.rollup]).toEqual([operation, 1]);
    expect(normalizeSpan({ attributes: { [key]: value } })).toEqual([]);
  });

  it.each(NO_CALLS)('is nothing when %s is %s, whatever it carries', (key, value) => {
    expect(normalizeSpan({ kind: 3, attributes: { [key]: value, ...USAGE } })).toEqual([]);
  });

  it('believes the operations in the order of the table', () => {
    const attributes = {
      'ai.operationId': 'ai.generateText',
      'traceloop.span.kind': 'workflow',
      'llm.request.type': 'completion',
      'openinference.span.kind': 'TOOL',
      'gen_ai.operation.name': 'chat',
    };
    expect(onlyInference({ attributes }).operation).toBe('chat');
    expect(normalizeSpan({ attributes: { ...attributes, 'gen_ai.operation.name': '' } })).toEqual(
      [],
    );
  });

  const ordinary: readonly TestSpan[] = [
    {},
    { kind: 3, attributes: { 'http.route': '/pay', 'server.address': 'api.openai.com' } },
    { attributes: { 'gen_ai.conversation.id': 'c1', 'gen_ai.agent.name': 'a' } },
    { attributes: { 'ml.model.name': 'fraud', 'ml.model.version': '3' } },
    { attributes: { 'ml.segment.country': 'DE' } },
    { events: [{ name: 'exception', attributes: { 'exception.type': 'E' } }] },
    { resource: { 'gen_ai.request.model': 'm', 'gen_ai.operation.name': 'chat' } },
  ];
  it.each(ordinary)('is nothing when it tells no call: %j', (span) => {
    expect(normalizeSpan(span)).toEqual([]);
  });

  it('without an operation is a call when it names a model and has usage or is a client', () => {
    const model = { 'gen_ai.request.model': 'm' };
    expect(onlyInference({ kind: 1, attributes: USAGE })).toMatchObject({
      model: 'm',
      operation: '',
      rollup: 0,
    });
    expect(onlyInference({ kind: 3, attributes: model }).model).toBe('m');
    expect(normalizeSpan({ kind: 1, attributes: model })).toEqual([]);
    expect(normalizeSpan({ kind: 3, attributes: { 'gen_ai.usage.input_tokens': 5 } })).toEqual([]);
  });

  it('keeps the name of an operation that it does not know', () => {
    const attributes = { ...USAGE, 'gen_ai.operation.name': 'transcribe' };
    expect(onlyInference({ attributes }).operation).toBe('transcribe');
  });
});

describe('ml.prediction events', () => {
  const event = (label: string) => ({
    name: 'ml.prediction',
    attributes: { 'ml.prediction.label': label },
  });
  const other = { name: 'exception', attributes: { 'exception.type': 'E' } };

  it('are one inference each, wherever they stand among other events', () => {
    const inferences = normalizeSpan({ events: [other, event('a'), other, event('b')] });
    expect(
      inferences.map(({ predictionLabel, eventIndex }) => [predictionLabel, eventIndex]),
    ).toEqual([
      ['a', 1],
      ['b', 3],
    ]);
  });

  it('are told instead of the prediction of their span', () => {
    const attributes = { 'ml.prediction.label': 'of the span', 'ml.prediction.id': 'p1' };
    const inferences = normalizeSpan({ attributes, events: [event('a'), event('b')] });
    expect(inferences.map((one) => [one.predictionLabel, one.predictionId])).toEqual([
      ['a', ''],
      ['b', ''],
    ]);
  });

  it('tell the same call again when their span is a model call', () => {
    const attributes = { 'gen_ai.operation.name': 'chat', ...USAGE };
    expect(onlyInference({ attributes, events: [event('a')] }).operation).toBe('chat');
  });

  it('stand for themselves inside a container or a tool', () => {
    for (const name of ['invoke_agent', 'execute_tool']) {
      const attributes = { 'gen_ai.operation.name': name, ...USAGE };
      const inference = onlyInference({ attributes, events: [event('a')] });
      expect(inference).toMatchObject({ operation: 'predict', rollup: 0, convention: 'ml' });
      expect(inference.tokens.every(Number.isNaN)).toBe(true);
    }
  });

  it('are not looked for in events whose names only look alike', () => {
    const attributes = { 'ml.prediction.label': 'a' };
    for (const name of ['ml.predictions', 'ml.predictio', 'xml.prediction', '']) {
      expect(normalizeSpan({ events: [{ name, attributes }] })).toEqual([]);
    }
  });
});

describe('ml.* attributes of a span', () => {
  it.each([
    ['ml.prediction.value', 0.5],
    ['ml.prediction.label', 'x'],
    ['ml.prediction.score', 0.5],
    ['ml.prediction.id', 'p1'],
    ['ml.prediction.probabilities', [0.5, 0.5]],
    ['ml.prediction.probabilities.yes', 0.5],
    ['ml.feature.age', 3],
  ] as const)('tell one prediction: %s', (key, value) => {
    expect(onlyInference({ attributes: { [key]: value } })).toMatchObject({
      operation: 'predict',
      convention: 'ml',
      rollup: 0,
    });
  });

  it('win over a tool or a container that they stand on, not over a model call', () => {
    const told = { 'ml.prediction.label': 'x', ...USAGE };
    const operationOf = (name: string): string =>
      onlyInference({ attributes: { ...told, 'gen_ai.operation.name': name } }).operation;
    expect(operationOf('execute_tool')).toBe('predict');
    expect(operationOf('invoke_agent')).toBe('predict');
    expect(operationOf('chat')).toBe('chat');
  });
});

describe('the convention', () => {
  it.each([
    ['otel', { 'gen_ai.operation.name': 'chat' }],
    ['openinference', { 'openinference.span.kind': 'LLM', 'gen_ai.request.model': 'm' }],
    ['openinference', { 'llm.model_name': 'm', 'llm.token_count.prompt': 3 }],
    ['openllmetry', { 'llm.request.type': 'chat', 'gen_ai.system': 'openai' }],
    ['openllmetry', { 'gen_ai.operation.name': 'chat', 'traceloop.workflow.name': 'w' }],
    ['openllmetry', { 'gen_ai.operation.name': 'chat', 'gen_ai.is_streaming': false }],
    ['vercel', { 'ai.operationId': 'ai.embed.doEmbed', 'gen_ai.system': 'openai' }],
    ['ml', { 'ml.prediction.value': 1 }],
  ] as const)('is %s for %j', (convention, attributes) => {
    expect(onlyInference({ attributes }).convention).toBe(convention);
  });
});
