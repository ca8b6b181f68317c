import { join } from 'node:path';
import { startProcessor } from '../../support/processor';
import { PAYLOADS } from '../load/payloads';
import { startTask } from '../process/childTask';
import { startEngine } from '../process/startEngine';
import { settle } from '../settle';
import { DISCARDED_PATH } from '../store/discardProxy';
import type { Discarded } from '../store/discardProxy';
import { checkRows, push } from './load';
import type { Load } from './load';
import type { Keep } from './scenario';

const SETTLE_MS = 10_000;

/** What a run cost, and how it went. */
export interface OwnCost {
  /** CPU-seconds of the processor's own process per million items. */
  readonly cpuSeconds: number;
  /** How it went, for people. */
  readonly said: string;
}

/** A processor whose own work can be measured apart from the store's. */
export interface DiscardingProcessor {
  readonly pid: number;
  readonly grpcAddress: string;
  warmUp(load: Load): Promise<void>;
  /** Pushes the load's requests; rejects when rows are missing from the inserts. */
  measure(load: Load): Promise<OwnCost>;
}

/**
 * Starts a processor whose store passes everything to a real engine but the bodies of the big inserts, which end in a
 * discarding endpoint: what is measured is its work from the request to the insert sent, on the tables of a real engine.
 */
export async function startDiscardingProcessor(
  keep: Keep,
  config: Readonly<Record<string, unknown>> = {},
): Promise<DiscardingProcessor> {
  const engine = keep(await startEngine());
  const discard = keep(startTask<string, string>(join(__dirname, '../store/discardServer.js')));
  const storeUrl = await discard.call(engine.url);
  const processor = keep(await startProcessor({ storeUrl, config }));
  const discarded = async (): Promise<Discarded> =>
    (await (await fetch(storeUrl + DISCARDED_PATH)).json()) as Discarded;
  return {
    pid: processor.pid,
    grpcAddress: processor.grpcAddress,
    async warmUp(load) {
      await push(load, processor.grpcAddress, load.size.warmUp);
    },
    async measure(load) {
      const [before] = await settle([processor.pid], SETTLE_MS);
      const already = await discarded();
      const sent = await push(load, processor.grpcAddress, load.size.requests);
      const [after] = await settle([processor.pid], SETTLE_MS);
      const now = await discarded();
      const since = (what: 'rows' | 'inserts', tables: readonly string[]): number =>
        tables.reduce(
          (sum, table) => sum + (now[table]?.[what] ?? 0) - (already[table]?.[what] ?? 0),
          0,
        );
      const { tables } = PAYLOADS[load.kind];
      checkRows(tables.join(' + '), since('rows', tables), sent.items, sent.retries);
      checkRows('ml_inferences', since('rows', ['ml_inferences']), sent.inferences, sent.retries);
      const cpuSeconds = ((after!.own - before!.own) / sent.items) * 1e6;
      const rows = Math.round(sent.items / since('inserts', tables));
      const rate = Math.round(sent.items / sent.seconds);
      return {
        cpuSeconds,
        said: `${cpuSeconds.toFixed(2)} s, ${rate} items/s, ${rows} rows an insert, ${sent.retries} retries`,
      };
    },
  };
}
