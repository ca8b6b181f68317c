import fc from 'fast-check';
import { insertBlock } from '../../collector-processor/src/store/insertBlock';
import { MetricDecoder, NO_USAGE } from '../../collector-processor/src/store/metricBlock';
import { migrate } from '../../collector-processor/src/store/migrate';
import { metricRequests } from '../support/arbitraryMetricRequest';
import { canonical } from '../support/canonical';
import { startEngine } from '../support/engine';
import type { TestEngine } from '../support/engine';
import { metricRequest } from '../support/metricRequest';
import { expectedPoints } from '../support/oracleMetrics';
import type { ExpectedPoint } from '../support/oracleMetrics';
import { storedPoints } from '../support/storedMetrics';

let engine: TestEngine;

beforeAll(async () => {
  engine = await startEngine();
  const report = await migrate({
    client: engine.client,
    events: { migrationApplied: () => undefined },
  });
  expect(report.status).toBe('ready');
});

afterAll(async () => {
  await engine.stop();
});

/** Rows come back in the order of the table's key: compared as a set, in the order of their text. */
const inAnyOrder = (rows: readonly ExpectedPoint[]): string[] => rows.map(canonical).sort();

/** What the oracle makes of a request; undefined when it is cut off. */
function expectedUnlessCut(bytes: Buffer): ReturnType<typeof expectedPoints> | undefined {
  try {
    return expectedPoints(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Requests that share a block. */
const batches = fc.array(metricRequests, { minLength: 1, maxLength: 4 });

test('any requests in one block are stored as an independent decoder reads them, field by field', async () => {
  const decoder = new MetricDecoder(NO_USAGE);
  const block = decoder.createBlock();
  const counts = new Map<string, number>();
  const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  const property = fc.asyncProperty(batches, async (requests) => {
    const expected = requests.map(expectedUnlessCut);
    for (const [index, bytes] of requests.entries()) {
      const added = decoder.decode(
        { signal: 'metrics', bytes, tenant: 'default', receivedAtMs: 0 },
        block,
      );
      const points = expected[index];
      if (points === undefined) count('refused');
      expect(added).toMatchObject(
        points === undefined
          ? { ok: false }
          : { ok: true, items: points.rows.length, rejected: points.without },
      );
    }
    const rows = expected.flatMap((points) => points?.rows ?? []);
    const filled = block.tables.filter(([, columns]) => columns.rows > 0);
    for (const [table, columns] of filled) {
      await insertBlock(engine.client, table, columns.block());
    }
    const stored = await storedPoints(
      engine.client,
      filled.map(([table]) => table),
    );
    expect(inAnyOrder(stored)).toEqual(inAnyOrder(rows));
    for (const { table } of rows) count(table);
  });
  const clear = fc.beforeEach(async () => {
    for (const [table, { rows }] of block.tables) {
      if (rows > 0) await engine.client.command({ query: `TRUNCATE TABLE ${table}` });
    }
    block.reset();
  });
  await fc.assert(property, { numRuns: 100, plugins: [clear] });
  // Were there enough of each to have shown anything?
  expect([...counts].filter(([, n]) => n < 10)).toEqual([]);
  expect(counts.size).toBe(6);
}, 300_000);

test('lists of numbers are taken packed and one by one', () => {
  const sent = (packing: 'packed' | 'unpacked'): Buffer =>
    metricRequest(
      {
        histogram: {
          histogram: {
            dataPoints: [{ count: '6', bucketCounts: ['1', '2', '3'], explicitBounds: [0.5, 10] }],
          },
        },
        exponential: {
          exponentialHistogram: {
            dataPoints: [{ count: '900', positive: { bucketCounts: ['300', '0', '600'] } }],
          },
        },
      },
      packing,
    );
  const [packed, unpacked] = [sent('packed'), sent('unpacked')];
  expect(unpacked.length).toBeGreaterThan(packed.length);
  const native = [packed, unpacked].map((bytes) => {
    const decoder = new MetricDecoder(NO_USAGE);
    const block = decoder.createBlock();
    const request = { signal: 'metrics', bytes, tenant: 'default', receivedAtMs: 0 } as const;
    expect(decoder.decode(request, block)).toMatchObject({ ok: true, items: 2 });
    return block.tables.map(([table, columns]) => [table, Buffer.concat(columns.block())]);
  });
  expect(native[0]).toEqual(native[1]);
});
