import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { ClickHouseClient } from '@clickhouse/client';
import type { OtlpRequest } from '@plumbline/collector-processor/dist/core/consumer';
import { DecodeError } from '@plumbline/collector-processor/dist/core/errors';
import { jsonToProtobuf } from '@plumbline/collector-processor/dist/otlp/json/jsonToProtobuf';
import { createBudget } from '@plumbline/collector-processor/dist/receive/budget';
import { readBody } from '@plumbline/collector-processor/dist/receive/readBody';
import { RECEIVE_DEFAULTS } from '@plumbline/collector-processor/dist/receive/settings';
import { SIGNAL_ROUTES } from '@plumbline/collector-processor/dist/receive/signals';
import { insertBlock } from '@plumbline/collector-processor/dist/store/insertBlock';
import { createPrng, type Prng } from '../support/payloads/prng';
import type { FuzzedSignal } from './fuzzedSignals';
import { mutate } from './mutate';

/** Between two insertions of the neighbours. */
export const PAYLOADS_A_BLOCK = 4_000;
const { maxJsonDepth, maxBodyBytes } = RECEIVE_DEFAULTS.limits;
/** Of a hundred payloads; the rest is protobuf. */
const JSON_SHARE = 15;
const GZIP_SHARE = 1;

export type Ending = 'stored' | 'refused' | 'not JSON' | 'not gzip' | 'too large';

/** Where the payloads come from and go to. */
export interface FuzzerParts {
  readonly subject: FuzzedSignal;
  /** Folder whose small JSON requests (`input….json`, at any depth) are mutated, as JSON and as protobuf. */
  readonly cases: string;
  /** Has a table `read_…` for each table that rows are made for. */
  readonly client: ClickHouseClient;
}

/** Makes one signal's payloads, gives them to its decoder, and lets the engine read what became of them. */
export class Fuzzer {
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

  private readonly client: ClickHouseClient;

  constructor({ subject, cases, client }: FuzzerParts, seed: number) {
    this.subject = subject;
    this.client = client;
    this.random = createPrng(seed);
    this.block = subject.decoder.createBlock();
    this.json = readdirSync(cases, { recursive: true, encoding: 'utf8' })
      .filter((name) => /input.*\.json$/.test(name))
      .map((name) =>
        Buffer.from(JSON.stringify(JSON.parse(readFileSync(join(cases, name), 'utf8')))),
      )
      .filter(({ length }) => length < 4_000);
    this.protobuf = [...subject.requests, ...this.json.map((text) => this.transcode(text))];
    assert(this.json.length > 2, 'there are no cases to mutate');
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
      if (columns.rows > 0) await insertBlock(this.client, `read_${table}`, columns.block());
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
      assert.equal(budget.usedBytes, 0);
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
    const { neighbourRows: items } = this.subject;
    assert.deepEqual(added, { ok: true, items, rejected: 0, reason: '' });
  }
}
