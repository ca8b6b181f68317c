import { join } from 'node:path';
import { startEngine } from '../process/startEngine';
import { startTask } from '../process/childTask';
import { startProcessor } from '../../support/processor';
import { settle } from '../settle';
import { createStoreClient } from '../store/storeClient';
import { checkRows, push, startLoad } from './load';
import { withParts } from './scenario';
import type { Scenario } from './scenario';

const SIZE = { requests: 400, warmUp: 150 };
const SETTLE_MS = 60_000;

/** One of the two ways to fill the tables: where to send, where the rows are, whose CPU time counts. */
interface Side {
  readonly name: string;
  readonly address: string;
  readonly storeUrl: string;
  readonly pids: readonly number[];
}

/**
 * CPU-seconds of the straightforward baseline and its engine ÷ ours and ours, for the same requests into the same
 * tables on the same engine, in turns, each until its background merges have ended.
 */
export const naiveRatio: Scenario = (settings) =>
  withParts(async (keep) => {
    const processor = keep(await startProcessor());
    const engine = keep(await startEngine());
    const naive = keep(startTask<string, string>(join(__dirname, '../../naive/main.js')));
    const ours = createStoreClient(processor.storeUrl);
    await ours.copyTablesTo(engine.url);
    await ours.close();
    const sides: readonly Side[] = [
      {
        name: 'plumbline',
        address: processor.grpcAddress,
        storeUrl: processor.storeUrl,
        pids: [processor.pid],
      },
      {
        name: 'baseline',
        address: await naive.call(engine.url),
        storeUrl: engine.url,
        pids: [naive.pid, engine.pid],
      },
    ];
    const load = await startLoad('ml', SIZE, settings);
    keep(load.client);
    for (const side of sides) await push(load, side.address, load.size.warmUp);
    const ratios: number[] = [];
    for (let run = 0; run < settings.runs; run++) {
      const costs: number[] = [];
      for (const side of sides) {
        const store = createStoreClient(side.storeUrl);
        await store.empty();
        const before = await settle(side.pids, SETTLE_MS);
        const sent = await push(load, side.address, load.size.requests);
        const after = await settle(side.pids, SETTLE_MS);
        const rows = await store.number('SELECT count() FROM otel_traces');
        const calls = await store.number('SELECT uniqExact(inference_id) FROM ml_inferences');
        checkRows(`${side.name} otel_traces`, rows, sent.items, sent.retries);
        checkRows(`${side.name} ml_inferences`, calls, sent.inferences, 0);
        await store.close();
        const used = after.reduce(
          (sum, usage, i) =>
            sum + usage.own + usage.children - before[i]!.own - before[i]!.children,
          0,
        );
        costs.push((used / sent.items) * 1e6);
        settings.log(
          `ratio run ${run + 1}, ${side.name}: ${costs.at(-1)!.toFixed(2)} cpu-s/M, ` +
            `${Math.round(sent.items / sent.seconds)} spans/s`,
        );
      }
      ratios.push(costs[1]! / costs[0]!);
    }
    return { spans_ratio_to_naive: ratios };
  });
