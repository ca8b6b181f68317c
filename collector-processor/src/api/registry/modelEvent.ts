import { insertRows } from '../insertRows';
import type { ModelKey } from '../modelKey';
import type { WriteContext } from '../route';
import { stableId } from '../stableId';

export interface ModelEvent extends ModelKey {
  readonly event: 'deployed' | 'stage_changed' | 'annotation';
  /** Unix milliseconds. */
  readonly timeMs: number;
  readonly text: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** The id of an event: told again by the same caller in the same request, it is the same one. */
export const eventIdOf = (event: ModelEvent, { caller, timeMs }: WriteContext): string =>
  stableId([event, caller.actor, timeMs]);

/** Tells an event of a model, for charts to mark; resolves to its id. */
export async function writeModelEvent(event: ModelEvent, context: WriteContext): Promise<string> {
  const { environment, model, version, event: kind, timeMs, text, evidence } = event;
  const { caller, store } = context;
  const id = eventIdOf(event, context);
  await insertRows(store, 'ml_model_events', [
    {
      ...{ tenant: caller.tenant, environment, model, event_id: id },
      time: new Date(timeMs).toISOString(),
      ...{ version, event: kind, text, actor: caller.actorName },
      evidence: JSON.stringify(evidence),
      row_version: context.timeMs,
    },
  ]);
  return id;
}
