import type { IncomingMessage } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { OtlpRequest } from '../../collector-processor/src/core/consumer';
import { DecodeError } from '../../collector-processor/src/core/errors';
import { jsonToProtobuf } from '../../collector-processor/src/otlp/json/jsonToProtobuf';
import { createBudget } from '../../collector-processor/src/receive/budget';
import { readBody } from '../../collector-processor/src/receive/readBody';
import { RECEIVE_DEFAULTS } from '../../collector-processor/src/receive/settings';
import { SIGNAL_ROUTES } from '../../collector-processor/src/receive/signals';
import { insertBlock } from '../../collector-processor/src/store/insertBlock';
import { migrate } from '../../collector-processor/src/store/migrate';
import { rowsOf } from '../support/clickHouse';
import { startEngine, type TestEngine } from '../support/engine';
import { createPrng, type Prng } from '../support/payloads/prng';
import { FUZZED_SIGNALS, type FuzzedSignal } from './fuzzedSignals';
import { mutate } from './mutate';

/** Of all signals and encodings together. */
const PAYLOADS = Number(process.env.PLUMBLINE_MUTATIONS ?? 1_000_000);
const SEED = Number(process.env.PLUMBLINE_SEED ?? Date.now() % 1_000_000_000);
/** Far above what a busy machine or a collection of garbage takes; a decoder that is stuck does not end. */
const MOST_MS_A_PAYLOAD = 5_000;
const PAYLOADS_A_BLOCK = 4_000;
const { maxJsonDepth, maxBodyBytes } = RECEIVE_DEFAULTS.limits;
/** Of a hundred payloads; the rest is protobuf. */
const JSON_SHARE = 15;
const GZIP_SHARE = 1;

type Ending = 'stored' | 'refused' | 'not JSON' | 'not gzip' | 'too large';

// Most payloads end in an error that nobody reads the stack of.
Error.stackTraceLimit = 1;

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

/** Makes one signal's payloads, gives them to its decoder, and lets the engine read what became of them. */
class Fuzzer {
  readonly endings: Record<Ending, number> = {
    stored: 0,
    refused: 0,
    'not JSON': 0,
    'not gzip': 0,
    'too large': 0,
  };
  slowestMs = 0;
  rows = 0;
  private readonly subject: FuzzedSignal;
  private readonly random: Prng;
  private readonly json: readonly Buffer[];
  private readonly protobuf: readonly Buffer[];
  private readonly block;
  private readonly budget = createBudget(maxBodyBytes);

  constructor(subject: FuzzedSignal, seed: number) {
    this.subject = subject;
    this.random = createPrng(seed);
    this.block = subject.decoder.createBlock();
    const folder = join(__dirname, '../cases', subject.cases);
    this.json = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /input.*\.json$/.test(name))
      .map((name) =>
        Buffer.from(JSON.stringify(JSON.parse(readFileSync(join(folder, name), 'utf8')))),
      )
      .filter(({ length }) => length < 4_000);
    this.protobuf = [...subject.requests, ...this.json.map((text) => this.transcode(text))];
    expect(this.json.length).toBeGreaterThan(2);
  }

  async run(payloads: number): Promise<void> {
    for (let left = payloads; left > 0; left -= PAYLOADS_A_BLOCK) {
      await this.fillBlock(Math.min(left, PAYLOADS_A_BLOCK));
    }
  }

  /** Mutated payloads between two good neighbours, in one block. */
  private async fillBlock(payloads: number): Promise<void> {
    const { block } = this;
    this.addNeighbour();
    for (let index = 0; index < payloads; index++) {
      const began = performance.now();
      this.endings[await this.tryOne()]++;
      this.slowestMs = Math.max(this.slowestMs, performance.now() - began);
    }
    this.addNeighbour();
    this.rows += block.rows;
    // The engine reads every column to its end: one row too few or too many anywhere is an error.
    for (const [table, columns] of block.tables) {
      if (columns.rows > 0) await insertBlock(engine.client, `read_${table}`, columns.block());
    }
    block.reset();
  }

  private async tryOne(): Promise<Ending> {
    const { random } = this;
    const share = random.below(100);
    if (share < GZIP_SHARE) return this.tryGzip();
    if (share >= GZIP_SHARE + JSON_SHARE)
      return this.decode(mutate(random.pick(this.protobuf), random));
    try {
      return this.decode(this.transcode(mutate(random.pick(this.json), random)));
    } catch (error) {
      if (error instanceof DecodeError) return 'not JSON';
      throw error;
    }
  }

  private async tryGzip(): Promise<Ending> {
    const { random, budget } = this;
    // Broken before it was compressed, after it, or both.
    const inner = random.pick(this.protobuf);
    const sent = gzipSync(random.below(2) === 0 ? inner : mutate(inner, random));
    const body = Readable.from([random.below(3) === 0 ? sent : mutate(sent, random)]);
    const read = await readBody(
      body as unknown as IncomingMessage,
      'gzip',
      { ...RECEIVE_DEFAULTS.limits, maxDecompressedBytes: 100_000 },
      budget,
    );
    if (read.status !== 'whole') {
      expect(budget.usedBytes).toBe(0);
      return read.status === 'tooLarge' ? 'too large' : 'not gzip';
    }
    budget.release(read.bytes.length);
    return this.decode(read.bytes);
  }

  private transcode(json: Buffer): Buffer {
    const route = SIGNAL_ROUTES.find(({ signal }) => signal === this.subject.signal)!;
    return jsonToProtobuf(route.request, json, maxJsonDepth);
  }

  private request(bytes: Buffer, tenant: string): OtlpRequest {
    return { signal: this.subject.signal, bytes, tenant, receivedAtMs: 1_768_478_400_000 };
  }

  private decode(bytes: Buffer): Ending {
    const before = this.block.rows;
    const added = this.subject.decoder.decode(this.request(bytes, 'mutant'), this.block);
    if (this.block.rows - before !== (added.ok ? added.items : 0)) {
      throw new Error(`rows of a refused request stayed: ${bytes.toString('hex')}`);
    }
    return added.ok ? 'stored' : 'refused';
  }

  private addNeighbour(): void {
    const [neighbour] = this.subject.requests;
    const added = this.subject.decoder.decode(this.request(neighbour!, 'neighbour'), this.block);
    expect(added).toEqual({ ok: true, items: this.subject.neighbourRows, rejected: 0, reason: '' });
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
    const fuzzer = new Fuzzer(subject, SEED);
    await fuzzer.run(payloads);
    const { rows, slowestMs, endings } = fuzzer;
    console.log(subject.signal, { seed: SEED, rows, slowestMs, ...endings });

    expect(slowestMs).toBeLessThan(MOST_MS_A_PAYLOAD);
    // Were there enough of both to have shown anything?
    expect(Math.min(endings.stored, endings.refused)).toBeGreaterThan(payloads / 50);
    const found = await Promise.all(main.map((table) => neighboursIn(`keep_${table}`)));
    const times = 2 * Math.ceil(payloads / PAYLOADS_A_BLOCK);
    expect(found.flat().map(({ n }) => Number(n))).toEqual(
      Array.from({ length: subject.neighbourRows }, () => times),
    );
  },
  1_800_000,
);
