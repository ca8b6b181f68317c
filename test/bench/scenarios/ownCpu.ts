import type { PayloadKind } from '../load/payloads';
import type { FigureName } from '../figures';
import { startDiscardingProcessor } from './discardingProcessor';
import { startLoad } from './load';
import { withParts } from './scenario';
import type { Scenario } from './scenario';

const SIZE = { requests: 1000, warmUp: 400 };

/** Points of its own would be rows that nobody sent. */
const OWN_METRICS_OFF = { telemetry: { storeEveryMs: null } };

/** The processor's own CPU-seconds per million items, from gRPC to the insert sent. */
export const ownCpu =
  (figure: FigureName, kind: PayloadKind): Scenario =>
  (settings) =>
    withParts(async (keep) => {
      const processor = await startDiscardingProcessor(keep, OWN_METRICS_OFF);
      const load = await startLoad(kind, SIZE, settings);
      keep(load.client);
      await processor.warmUp(load);
      const samples: number[] = [];
      for (let run = 0; run < settings.runs; run++) {
        const { cpuSeconds, said } = await processor.measure(load);
        samples.push(cpuSeconds);
        settings.log(`${figure} run ${run + 1}: ${said}`);
      }
      return { [figure]: samples };
    });
