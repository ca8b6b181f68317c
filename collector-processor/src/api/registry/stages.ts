import { z } from 'zod';
import { readRows } from '../readRows';
import { insertRows } from '../insertRows';
import type { ModelKey } from '../modelKey';
import type { WriteContext } from '../route';
import { stableId } from '../stableId';
import type { Check } from './checkList';
import { writeModelEvent } from './modelEvent';

export const STAGES = ['development', 'staging', 'production', 'archived'] as const;
export type Stage = (typeof STAGES)[number];
export const stage = z.enum(STAGES);

export interface StageChange extends ModelKey {
  /** Empty where it had none. */
  readonly from: string;
  readonly to: Stage;
  readonly reason: string;
  /** What was known then. */
  readonly checks: readonly Check[];
}

/** How long a stage name may stand in a text of ours. */
const ofVersion = ({ version }: ModelKey): string => (version === '' ? '' : ` ${version}`);

/** Writes a stage change and the event that charts show; told again with one key, it replaces itself. */
export async function writeStageChange(change: StageChange, context: WriteContext): Promise<void> {
  const { environment, model, version, from, to, reason, checks } = change;
  const { caller, store, timeMs } = context;
  // Where the state of an earlier attempt differs, its `from` does too: it is no part of the id.
  const id = stableId([environment, model, version, to, reason, caller.actor, timeMs]);
  await insertRows(store, 'ml_stage_changes', [
    {
      ...{ tenant: caller.tenant, environment, model, version },
      ...{ time: new Date(timeMs).toISOString(), change_id: id },
      ...{ from_stage: from, to_stage: to, reason, checks: JSON.stringify(checks) },
      ...{ actor: caller.actor, actor_name: caller.actorName, row_version: timeMs },
    },
  ]);
  const text = `${model}${ofVersion(change)}: ${from === '' ? 'now' : `${from} to`} ${to}`;
  await writeModelEvent(
    {
      ...{ environment, model, version, event: 'stage_changed', timeMs },
      text: reason === '' ? text : `${text}. ${reason}`,
      evidence: { change_id: id, from, to },
    },
    context,
  );
}

interface StagedVersion {
  readonly version: string;
  readonly stage: string;
  /** When it was last given the stage production; Unix milliseconds, 0: never. */
  readonly inProductionMs: number;
}

/**
 * The versions of a model that have a stage, the one that got production last first. Changes that this request itself made in an
 * attempt that was cut short are left out, so that the second attempt decides as the first did.
 */
export const readStages = (
  { environment, model }: Pick<ModelKey, 'environment' | 'model'>,
  context: WriteContext,
): Promise<StagedVersion[]> =>
  readRows<StagedVersion>(
    context,
    `SELECT version, argMax(to_stage, (time, change_id)) AS stage,
  toUnixTimestamp64Milli(maxIf(time, to_stage = 'production')) AS inProductionMs
FROM ml_stage_changes FINAL
WHERE tenant = {tenant: String} AND environment = {environment: String} AND model = {model: String}
  AND NOT (toUnixTimestamp64Milli(time) = {now: Int64} AND actor = {actor: String})
GROUP BY version
ORDER BY inProductionMs DESC, version`,
    { environment, model, now: context.timeMs, actor: context.caller.actor },
  );
