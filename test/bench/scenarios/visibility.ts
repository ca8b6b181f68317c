import { join } from 'node:path';
import type { VisibilityPlan, VisibilityResult } from '../probe/probeVisibility';
import { startTask } from '../process/childTask';
import { startProcessor } from '../../support/processor';
import { withParts } from './scenario';
import type { Scenario } from './scenario';

const RATE = { connections: 20, requestsPerSecond: 50, spansPerRequest: 20 };

/** How long it takes from the export call until the row is in `v_inferences`, at a moderate rate. */
export const visibility: Scenario = (settings) =>
  withParts(async (keep) => {
    const processor = keep(await startProcessor());
    const probe = keep(
      startTask<VisibilityPlan, VisibilityResult>(join(__dirname, '../probe/visibilityProcess.js')),
    );
    const plan = { ...RATE, address: processor.grpcAddress, storeUrl: processor.storeUrl };
    await probe.call({ ...plan, seconds: settings.quick ? 2 : 5, seed: 1 });
    const p50: number[] = [];
    const p99: number[] = [];
    for (let run = 0; run < settings.runs; run++) {
      const seconds = settings.seconds ?? (settings.quick ? 4 : 20);
      const result = await probe.call({ ...plan, seconds, seed: 1000 * (run + 2) });
      if (result.lost > 0) throw new Error(`${result.lost} requests never became visible`);
      p50.push(result.p50Ms);
      p99.push(result.p99Ms);
      settings.log(
        `visible run ${run + 1}: p50 ${result.p50Ms.toFixed(0)}, p99 ${result.p99Ms.toFixed(0)}, ` +
          `max ${result.maxMs.toFixed(0)} ms of ${result.requests} requests; ` +
          `asked every ${((seconds * 1000) / result.polls).toFixed(0)} ms`,
      );
    }
    return { visible_p50_ms: p50, visible_p99_ms: p99 };
  });
