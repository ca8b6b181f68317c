import { join } from 'node:path';
import { startTask } from '../process/childTask';
import type { PoolSettings } from './requestPool';
import type { LoadPlan, LoadResult } from './saturate';

export type LoadCommand =
  | { readonly do: 'prepare'; readonly pool: PoolSettings }
  | { readonly do: 'run'; readonly plan: LoadPlan };

export type LoadReply =
  | {
      readonly did: 'prepare';
      readonly bytesPerItem: number;
      readonly attributesPerItem: number;
    }
  | { readonly did: 'run'; readonly result: LoadResult };

/** The load generator, in a process of its own, with its payloads made. */
export interface LoadClient {
  readonly bytesPerItem: number;
  readonly attributesPerItem: number;
  run(plan: LoadPlan): Promise<LoadResult>;
  stop(): Promise<void>;
}

export async function startLoadClient(pool: PoolSettings): Promise<LoadClient> {
  const task = startTask<LoadCommand, LoadReply>(join(__dirname, 'loadClient.js'));
  const prepared = await task.call({ do: 'prepare', pool });
  if (prepared.did !== 'prepare') throw new Error('the load client answered another question');
  return {
    bytesPerItem: prepared.bytesPerItem,
    attributesPerItem: prepared.attributesPerItem,
    run: async (plan) => {
      const reply = await task.call({ do: 'run', plan });
      if (reply.did !== 'run') throw new Error('the load client answered another question');
      return reply.result;
    },
    stop: () => task.stop(),
  };
}
