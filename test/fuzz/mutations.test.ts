import { join } from 'node:path';
import { migrate } from '../../collector-processor/src/store/migrate';
import { startTask } from '../bench/process/childTask';
import { rowsOf } from '../support/clickHouse';
import { startEngine, type TestEngine } from '../support/engine';
import { FUZZED_SIGNALS } from './fuzzedSignals';
import { PAYLOADS_A_BLOCK } from './fuzzer';
import type { FuzzCommand, FuzzReport } from './fuzzProcess';

/** Of all signals and encodings together. */
const PAYLOADS = Number(process.env.PLUMBLINE_MUTATIONS ?? 1_000_000);
const SEED = Number(process.env.PLUMBLINE_SEED ?? Date.now() % 1_000_000_000);
/** Far above what a busy machine or a collection of garbage takes; a decoder that is stuck does not end. */
const MOST_MS_A_PAYLOAD = 5_000;
/** Compiled, in a process of its own: inside Jest the same code takes four times as long. */
const FUZZ_PROCESS = join(__dirname, '../dist/fuzz/fuzzProcess.js');

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
  await migrate({ client: engine.client, events: { migrationApplied: () => undefined } });
  // Everything is read to its end and forgotten, except the neighbours.
  const tables = await rowsOf<{ name: string }>(
    engine.client,
    "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'",
  );
  for (const { name } of tables) {
    const query = `CREATE TABLE read_${name} AS ${name} ENGINE = Null`;
    await engine.client.command({ query });
  }
});
afterAll(async () => {
  await engine.stop();
});

async function fuzz(command: FuzzCommand): Promise<FuzzReport> {
  const task = startTask<FuzzCommand, FuzzReport>(FUZZ_PROCESS);
  try {
    return await task.call(command);
  } finally {
    await task.stop();
  }
}

/** Everything of the neighbours' rows, and how often it is there. */
const neighboursIn = (table: string) =>
  rowsOf<{ n: string; row: string }>(
    engine.client,
    `SELECT count() AS n, toString(tuple(*)) AS row FROM ${table} GROUP BY row`,
  );

test.each(FUZZED_SIGNALS.map((subject) => [subject.signal, subject] as const))(
  `mutated ${PAYLOADS} payloads of all signals (PLUMBLINE_SEED=${SEED}): %s`,
  async (_, subject) => {
    const payloads = Math.ceil(PAYLOADS / FUZZED_SIGNALS.length);
    const tables = subject.decoder.createBlock().tables.map(([table]) => table);
    const main = tables.filter((table) => table.startsWith('otel_'));
    for (const table of main) {
      await engine.client.command({
        query: `CREATE MATERIALIZED VIEW keep_${table} ENGINE = Memory AS SELECT * FROM read_${table}
                WHERE ResourceAttributes['plumbline.tenant'] = 'neighbour'`,
      });
    }
    const { signal, neighbourRows } = subject;
    const cases = join(__dirname, '../cases', signal);
    const report = await fuzz({ signal, cases, storeUrl: engine.url, payloads, seed: SEED });
    const { endings, slowestMs } = report;
    console.log(signal, { seed: SEED, ...report });

    expect(slowestMs).toBeLessThan(MOST_MS_A_PAYLOAD);
    // Were there enough of both to have shown anything?
    expect(Math.min(endings.stored, endings.refused)).toBeGreaterThan(payloads / 50);
    const found = await Promise.all(main.map((table) => neighboursIn(`keep_${table}`)));
    const times = 2 * Math.ceil(payloads / PAYLOADS_A_BLOCK);
    expect(found.flat().map(({ n }) => Number(n))).toEqual(
      Array.from({ length: neighbourRows }, () => times),
    );
  },
  1_800_000,
);
