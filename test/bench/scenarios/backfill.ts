import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NODE_FLAGS, plainEnvironment, startProcessor } from '../../support/processor';
import { startEngine } from '../process/startEngine';
import { endedChildrenSeconds, usageOf } from '../process/usage';
import { settle } from '../settle';
import { createStoreClient } from '../store/storeClient';
import { checkRows, push, startLoad } from './load';
import { withParts } from './scenario';
import type { Scenario } from './scenario';

const SIZE = { requests: 1000, warmUp: 0 };
const SETTLE_MS = 60_000;
const MAIN = join(
  dirname(require.resolve('@plumbline/collector-processor/package.json')),
  'dist/main.js',
);
/** The last line that the command writes about all: its spans and its rate. */
const SUMMARY = /(\d+) spans, .* \d+ inferences written, [\d.]+ s, (\d+) spans\/s/;

interface Told {
  readonly spans: number;
  readonly perSecond: number;
  /** CPU-seconds of the command's own process. */
  readonly own: number;
}

/** Stored spans per second that `plumbline backfill` makes `ml_*` rows of, as it says itself: start and prices included. */
export const backfill: Scenario = (settings) =>
  withParts(async (keep) => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-backfill-'));
    keep({ stop: () => rm(folder, { recursive: true, force: true }) });
    const engine = keep(await startEngine());
    const store = createStoreClient(engine.url);
    keep({ stop: () => store.close() });
    const processor = keep(await startProcessor({ storeUrl: engine.url }));
    const load = await startLoad('ml', SIZE, settings);
    const sent = await push(load, processor.grpcAddress, load.size.requests);
    await load.client.stop();
    await processor.stop();
    const file = join(folder, 'config.yaml');
    await writeFile(file, JSON.stringify({ storage: { url: engine.url, path: folder } }));
    const perSecond: number[] = [];
    for (let run = 0; run < settings.runs; run++) {
      await store.emptyOurs();
      const [before] = await settle([engine.pid], SETTLE_MS);
      const told = await runBackfill(file);
      const after = usageOf(engine.pid);
      checkRows('spans read', told.spans, sent.items, sent.retries);
      const rows = await store.number('SELECT uniqExact(inference_id) FROM ml_inferences');
      checkRows('ml_inferences', rows, sent.inferences, 0);
      perSecond.push(told.perSecond);
      const engineUsed = after.own + after.children - before!.own - before!.children;
      settings.log(
        `backfill run ${run + 1}: ${told.perSecond} spans/s, own ` +
          `${((told.own / told.spans) * 1e6).toFixed(2)}, engine ` +
          `${((engineUsed / told.spans) * 1e6).toFixed(2)} cpu-s/M`,
      );
    }
    return { backfill_spans_per_s: perSecond };
  });

/** Runs the built command over all that is stored; rejects when it fails. */
async function runBackfill(config: string): Promise<Told> {
  const range = ['--from', '2020-01-01', '--to', '2100-01-01'];
  const before = endedChildrenSeconds();
  const child = spawn(
    process.execPath,
    [...NODE_FLAGS, MAIN, 'backfill', '--config', config, ...range],
    { stdio: ['ignore', 'pipe', 'pipe'], env: plainEnvironment() },
  );
  const endWithUs = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', endWithUs);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const code = await new Promise((resolve) => child.once('close', resolve));
  process.removeListener('exit', endWithUs);
  const told = SUMMARY.exec(output);
  if (code !== 0 || told === null) throw new Error(`the backfill failed; it said:\n${output}`);
  return {
    spans: Number(told[1]),
    perSecond: Number(told[2]),
    own: endedChildrenSeconds() - before,
  };
}
