import { serveTask } from '../process/childTask';
import { createRequestPool } from './requestPool';
import type { RequestPool } from './requestPool';
import { saturate } from './saturate';
import type { LoadCommand, LoadReply } from './startLoadClient';

let pool: RequestPool | undefined;

serveTask(async (command: LoadCommand): Promise<LoadReply> => {
  switch (command.do) {
    case 'prepare':
      pool = createRequestPool(command.pool, Date.now());
      return {
        did: 'prepare',
        bytesPerItem: pool.bytesPerItem,
        attributesPerItem: pool.attributesPerItem,
      };
    case 'run':
      if (!pool) throw new Error('run before prepare');
      return { did: 'run', result: await saturate(pool, command.plan) };
  }
});
