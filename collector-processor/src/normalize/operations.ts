import { CONTAINER_OPERATIONS, LEAF_OPERATIONS } from '@plumbline/schemas';
import { FIELD, type Field } from './fields';

/**
 * `leaf`: one model call. `container`: an agent, workflow or chain, whose usage is that of the calls inside it.
 * `none`: no model call at all (tools, retrievers, guardrails, memory).
 */
export type OperationSort = 'leaf' | 'container' | 'none';

export interface Operation {
  /** Canonical name, OTel's where OTel has one. */
  readonly name: string;
  readonly sort: OperationSort;
}

/** Canonical operations that are no model call, whatever their spans carry. */
export const OTHER_OPERATIONS = [
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
  'guardrail',
  'evaluate',
  'prompt',
] as const;

type Name =
  | (typeof LEAF_OPERATIONS)[number]
  | (typeof CONTAINER_OPERATIONS)[number]
  | (typeof OTHER_OPERATIONS)[number];

const SORTS: ReadonlyMap<string, OperationSort> = new Map<string, OperationSort>([
  ...LEAF_OPERATIONS.map((name) => [name, 'leaf'] as const),
  ...CONTAINER_OPERATIONS.map((name) => [name, 'container'] as const),
  ...OTHER_OPERATIONS.map((name) => [name, 'none'] as const),
]);

/** Words for the same operation that emitters write into `gen_ai.operation.name`, besides the canonical ones. */
const OTEL_WORDS: Readonly<Record<string, Name>> = {
  completion: 'text_completion',
  completions: 'text_completion',
  text_generation: 'text_completion',
  responses: 'chat',
  message: 'chat',
  messages: 'chat',
  embedding: 'embeddings',
  embed: 'embeddings',
  reranking: 'rerank',
  agent: 'invoke_agent',
  workflow: 'invoke_workflow',
  tool: 'execute_tool',
};

/** Each convention's words, lower case. */
const WORDS: ReadonlyMap<Field, Readonly<Record<string, Name>>> = new Map([
  [
    FIELD.operationName,
    {
      ...Object.fromEntries([...SORTS.keys()].map((name) => [name, name as Name])),
      ...OTEL_WORDS,
    },
  ],
  [
    FIELD.openinferenceKind,
    {
      llm: 'chat',
      embedding: 'embeddings',
      reranker: 'rerank',
      chain: 'chain',
      agent: 'invoke_agent',
      tool: 'execute_tool',
      retriever: 'retrieval',
      guardrail: 'guardrail',
      evaluator: 'evaluate',
      prompt: 'prompt',
    },
  ],
  [
    FIELD.llmRequestType,
    {
      chat: 'chat',
      completion: 'text_completion',
      embedding: 'embeddings',
      rerank: 'rerank',
    },
  ],
  [
    FIELD.traceloopKind,
    {
      workflow: 'invoke_workflow',
      task: 'task',
      agent: 'invoke_agent',
      tool: 'execute_tool',
    },
  ],
  [
    FIELD.vercelOperation,
    {
      'ai.generatetext': 'invoke_agent',
      'ai.streamtext': 'invoke_agent',
      'ai.generateobject': 'invoke_agent',
      'ai.streamobject': 'invoke_agent',
      'ai.embed': 'invoke_workflow',
      'ai.embedmany': 'invoke_workflow',
      'ai.rerank': 'invoke_workflow',
      'ai.generatetext.dogenerate': 'chat',
      'ai.streamtext.dostream': 'chat',
      'ai.generateobject.dogenerate': 'chat',
      'ai.streamobject.dostream': 'chat',
      'ai.embed.doembed': 'embeddings',
      'ai.embedmany.doembed': 'embeddings',
      'ai.rerank.dorerank': 'rerank',
      'ai.toolcall': 'execute_tool',
    },
  ],
]);

const OPERATIONS: ReadonlyMap<Field, ReadonlyMap<string, Operation>> = new Map(
  [...WORDS].map(([field, words]) => [
    field,
    new Map(
      Object.entries(words).map(
        ([word, name]) => [word, { name, sort: SORTS.get(name)! }] as const,
      ),
    ),
  ]),
);

/** The fields that tell the operation, in the order in which they are believed. */
export const OPERATION_FIELDS: readonly Field[] = [...WORDS.keys()];

/** What a convention's word for the operation means; undefined for a word that we do not know. */
export function operationOf(field: Field, word: string): Operation | undefined {
  const operations = OPERATIONS.get(field);
  return operations?.get(word) ?? operations?.get(word.toLowerCase());
}

export const PREDICT: Operation = { name: 'predict', sort: 'leaf' };

/** What tells of no model call. */
export const NO_CALL: Operation = { name: '', sort: 'none' };
