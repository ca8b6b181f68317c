/** Canonical operations that are one model call each. */
export const LEAF_OPERATIONS = [
  'chat',
  'text_completion',
  'generate_content',
  'embeddings',
  'rerank',
  'predict',
] as const;

/**
 * Canonical operations that contain model calls: agents, workflows, chains. Their usage is that of the calls inside, so
 * their rows are written with `rollup = 1`; the rollup pass makes one count when nothing inside it does.
 */
export const CONTAINER_OPERATIONS = [
  'invoke_agent',
  'invoke_workflow',
  'plan',
  'chain',
  'task',
] as const;
