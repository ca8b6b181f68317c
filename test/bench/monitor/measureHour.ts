import { join } from 'node:path';
import { startTask } from '../process/childTask';
import { cpuSeconds, peakRssMb, resetPeakRss } from '../process/usage';
import type { MonitorLoad } from './fillHours';
import { withFilledStore } from './filledStore';
import type { HourReport, HourTask } from './monitorProcess';

/** One hourly evaluation: from raw rows to `ml_drift`. */
export interface HourUsage extends HourReport {
  readonly seconds: number;
  readonly engineCpuS: number;
  readonly processorCpuS: number;
  readonly enginePeakMb: number;
  readonly processorPeakMb: number;
}

/** Fills a store of its own and evaluates its last hour in a process of its own. */
export const measureHour = (load: MonitorLoad): Promise<HourUsage> =>
  withFilledStore(load, async ({ engine, client }) => {
    const task = startTask<HourTask, HourReport>(join(__dirname, 'monitorProcess.js'));
    try {
      resetPeakRss(engine.pid);
      resetPeakRss(task.pid);
      const [engineBefore, processorBefore] = [cpuSeconds(engine.pid), cpuSeconds(task.pid)];
      const report = await task.call({ url: engine.url, hourMs: load.hourMs });
      const answer = await client.query({
        query: "SELECT countIf(n > 0) AS n FROM ml_drift FINAL WHERE feature != ''",
        format: 'JSONEachRow',
      });
      const [decided] = await answer.json<{ n: string }>();
      if (Number(decided!.n) !== load.models * load.features) {
        throw new Error(`${decided!.n} features were decided, not ${load.models * load.features}`);
      }
      return {
        ...report,
        seconds: report.windowsS + report.driftS,
        engineCpuS: cpuSeconds(engine.pid) - engineBefore,
        processorCpuS: cpuSeconds(task.pid) - processorBefore,
        enginePeakMb: peakRssMb(engine.pid),
        processorPeakMb: peakRssMb(task.pid),
      };
    } finally {
      await task.stop();
    }
  });
