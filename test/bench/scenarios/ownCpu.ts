import { join } from 'node:path';
import type { Mix } from '../../support/payloads/makeTraceRequest';
import { startEngine } from '../process/startEngine';
import type { FigureName } from '../figures';
import { startTask } from '../process/childTask';
import { startProcessor } from '../../support/processor';
import { DISCARDED_PATH } from '../store/discardProxy';
import type { Discarded } from '../store/discardProxy';
import { settle } from '../settle';
import { checkRows, push, startLoad } from './load';
import { withParts } from './scenario';
import type { Scenario } from './scenario';

const SIZE = { requests: 1000, warmUp: 400 };

/**
 * The processor's own CPU-seconds per million spans, from gRPC to the insert sent: its store passes everything to a
 * real engine but the bodies of the big inserts, which end in the discarding endpoint.
 */
export const ownCpu =
  (figure: FigureName, mix: Mix): Scenario =>
  (settings) =>
    withParts(async (keep) => {
      const engine = keep(await startEngine());
      const discard = keep(startTask<string, string>(join(__dirname, '../store/discardServer.js')));
      const storeUrl = await discard.call(engine.url);
      const processor = keep(await startProcessor({ storeUrl }));
      const load = await startLoad(mix, SIZE, settings);
      keep(load.client);
      await push(load.client, processor.grpcAddress, load.size.warmUp);
      const samples: number[] = [];
      for (let run = 0; run < settings.runs; run++) {
        const [before] = await settle([processor.pid], 10_000);
        const already = await discardedAt(storeUrl);
        const sent = await push(load.client, processor.grpcAddress, load.size.requests);
        const [after] = await settle([processor.pid], 10_000);
        const now = await discardedAt(storeUrl);
        const dropped = (table: string): number =>
          (now[table]?.rows ?? 0) - (already[table]?.rows ?? 0);
        checkRows('otel_traces', dropped('otel_traces'), sent.spans, sent.retries);
        checkRows('ml_inferences', dropped('ml_inferences'), sent.inferences, sent.retries);
        const inserts = (now.otel_traces?.inserts ?? 0) - (already.otel_traces?.inserts ?? 0);
        samples.push(((after!.own - before!.own) / sent.spans) * 1e6);
        settings.log(
          `${figure} run ${run + 1}: ${samples.at(-1)!.toFixed(2)} s, ` +
            `${Math.round(sent.spans / sent.seconds)} spans/s, ` +
            `${Math.round(sent.spans / inserts)} rows an insert, ${sent.retries} retries`,
        );
      }
      return { [figure]: samples };
    });

const discardedAt = async (storeUrl: string): Promise<Discarded> =>
  (await (await fetch(storeUrl + DISCARDED_PATH)).json()) as Discarded;
