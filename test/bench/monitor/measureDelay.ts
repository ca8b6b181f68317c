import { join } from 'node:path';
import { startTask } from '../process/childTask';
import type { DelayReport, DelayTask } from './delayProcess';
import type { MonitorLoad } from './fillHours';
import { withFilledStore } from './filledStore';

/** Seconds from the end of an hour and its watermark to the rows of all models in `ml_drift`, in a store of its own. */
export const measureDelay = (load: MonitorLoad): Promise<number> =>
  withFilledStore(load, async ({ engine }) => {
    const task = startTask<DelayTask, DelayReport>(join(__dirname, 'delayProcess.js'));
    try {
      const { hourMs, models } = load;
      return (await task.call({ url: engine.url, hourMs, models })).delayS;
    } finally {
      await task.stop();
    }
  });
