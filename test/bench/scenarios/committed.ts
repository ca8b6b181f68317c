import { descendants, peakRssMb, resetPeakRss } from '../process/usage';
import { startProcessor } from '../../support/processor';
import { settle } from '../settle';
import { createStoreClient } from '../store/storeClient';
import { checkRows, push, startLoad } from './load';
import { withParts } from './scenario';
import type { Scenario } from './scenario';

const SIZE = { requests: 2000, warmUp: 400 };
/** As many senders as fill a block while the one before is inserted; their requests take a quarter of the receiver's limit. */
const STREAMS = 48;
const SETTLE_MS = 30_000;

/** Throughput to committed rows in the embedded engine, what it costs in all, and the memory that it takes. */
export const committed: Scenario = (settings) =>
  withParts(async (keep) => {
    const processor = keep(await startProcessor());
    const store = createStoreClient(processor.storeUrl);
    keep({ stop: () => store.close() });
    const load = await startLoad('ml', SIZE, settings);
    keep(load.client);
    await push(load, processor.grpcAddress, load.size.warmUp, STREAMS);
    const perSecond: number[] = [];
    const cpu: number[] = [];
    const ownRss: number[] = [];
    const engineRss: number[] = [];
    for (let run = 0; run < settings.runs; run++) {
      await store.empty();
      const [before] = await settle([processor.pid], SETTLE_MS);
      const engine = descendants(processor.pid);
      for (const pid of [processor.pid, ...engine]) resetPeakRss(pid);
      const sent = await push(load, processor.grpcAddress, load.size.requests, STREAMS);
      ownRss.push(peakRssMb(processor.pid));
      engineRss.push(engine.reduce((sum, pid) => sum + peakRssMb(pid), 0));
      const [after] = await settle([processor.pid], SETTLE_MS);
      const rows = await store.number('SELECT count() FROM otel_traces');
      const calls = await store.number('SELECT uniqExact(inference_id) FROM ml_inferences');
      checkRows('otel_traces', rows, sent.items, sent.retries);
      checkRows('ml_inferences', calls, sent.inferences, 0);
      const used = { own: after!.own - before!.own, engine: after!.children - before!.children };
      perSecond.push(sent.items / sent.seconds);
      cpu.push(((used.own + used.engine) / sent.items) * 1e6);
      settings.log(
        `committed run ${run + 1}: ${Math.round(perSecond.at(-1)!)} spans/s, ` +
          `${cpu.at(-1)!.toFixed(2)} cpu-s/M of which engine ` +
          `${((used.engine / sent.items) * 1e6).toFixed(2)}, answer p50 ${sent.p50Ms.toFixed(0)} ` +
          `p99 ${sent.p99Ms.toFixed(0)} ms, RSS ${ownRss.at(-1)!.toFixed(0)} + ` +
          `${engineRss.at(-1)!.toFixed(0)} MB, ${sent.retries} retries`,
      );
    }
    return {
      spans_per_s_committed: perSecond,
      spans_total_cpu_s_per_m: cpu,
      rss_peak_mb: ownRss,
      engine_rss_peak_mb: engineRss,
    };
  });
