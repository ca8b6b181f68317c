import fc from 'fast-check';
import { migrate } from '../../collector-processor/src/store/migrate';
import { insertBlock } from '../../collector-processor/src/store/insertBlock';
import { TraceBlock, TraceDecoder } from '../../collector-processor/src/store/traceBlock';
import type { Recognizer } from '../../collector-processor/src/store/traceBlock';
import { canonical } from '../support/canonical';
import { startEngine } from '../support/engine';
import type { TestEngine } from '../support/engine';
import { expectedRows, STORED_ROWS_SQL, storedRow } from '../support/oracle';
import type { ExpectedRow } from '../support/oracle';
import { rowsUnlessCut } from '../support/rowsUnlessCut';
import { traceRequests } from '../support/arbitraryTraceRequest';

/** Plain spans only: what the normaliser adds to a span has tests of its own. */
const nothing: Recognizer = {
  plans: { resource: () => undefined, span: () => undefined, event: () => undefined },
  recognise: () => 0,
  fill: () => undefined,
  hasRecords: () => false,
  tellRecords: () => undefined,
};

let engine: TestEngine;

beforeAll(async () => {
  engine = await startEngine();
  const report = await migrate({
    client: engine.client,
    events: { migrationApplied: () => undefined },
  });
  expect(report.status).toBe('ready');
  // Not looked at here, and it doubles the parts that each run makes.
  await engine.client.command({ query: 'DROP VIEW otel_traces_trace_id_ts_mv' });
});

afterAll(async () => {
  await engine.stop();
});

const storedRows = async (): Promise<ExpectedRow[]> => {
  const answer = await engine.client.query({ query: STORED_ROWS_SQL, format: 'JSONEachRow' });
  return (await answer.json<ExpectedRow>()).map(storedRow);
};

/** Rows come back in the order of the table's key: compared as a set, in the order of their text. */
const inAnyOrder = (rows: readonly ExpectedRow[]): string[] => rows.map(canonical).sort();

/** Requests that share a block. */
const batches = fc.array(traceRequests, { minLength: 1, maxLength: 4 });

test('any requests in one block are stored as an independent decoder reads them, field by field', async () => {
  const decoder = new TraceDecoder(nothing, { price: () => undefined });
  const block = new TraceBlock();
  let spans = 0;
  let refused = 0;
  const property = fc.asyncProperty(batches, async (requests) => {
    const expected = requests.map((bytes) => rowsUnlessCut(() => expectedRows(bytes)));
    for (const [index, bytes] of requests.entries()) {
      const added = decoder.decode(
        { signal: 'traces', bytes, tenant: 'default', receivedAtMs: 0 },
        block,
      );
      const rows = expected[index];
      if (rows === undefined) refused++;
      expect(added).toMatchObject(
        rows === undefined ? { ok: false } : { ok: true, items: rows.length, rejected: 0 },
      );
    }
    const rows = expected.flatMap((some) => some ?? []);
    if (rows.length === 0) return;
    await insertBlock(
      engine.client,
      'otel_traces',
      block.tables.find(([name]) => name === 'otel_traces')![1].block(),
    );
    expect(inAnyOrder(await storedRows())).toEqual(inAnyOrder(rows));
    spans += rows.length;
  });
  const clear = fc.beforeEach(async () => {
    block.reset();
    await engine.client.command({ query: 'TRUNCATE TABLE otel_traces' });
  });
  await fc.assert(property, { numRuns: 100, plugins: [clear] });
  // Were there enough of both to have shown anything?
  expect(spans).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(10);
}, 300_000);
