import fc from 'fast-check';
import { insertBlock } from '../../collector-processor/src/store/insertBlock';
import { LogBlock, LogDecoder, NO_OBSERVER } from '../../collector-processor/src/store/logBlock';
import { migrate } from '../../collector-processor/src/store/migrate';
import { logRequests } from '../support/arbitraryLogRequest';
import { canonical } from '../support/canonical';
import { startEngine } from '../support/engine';
import type { TestEngine } from '../support/engine';
import { expectedLogs, STORED_LOGS_SQL, storedLog } from '../support/oracleLogs';
import type { ExpectedLog } from '../support/oracleLogs';
import { rowsUnlessCut } from '../support/rowsUnlessCut';

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

const storedRows = async (): Promise<ExpectedLog[]> => {
  const answer = await engine.client.query({ query: STORED_LOGS_SQL, format: 'JSONEachRow' });
  return (await answer.json<ExpectedLog>()).map(storedLog);
};

/** Rows come back in the order of the table's key: compared as a set, in the order of their text. */
const inAnyOrder = (rows: readonly ExpectedLog[]): string[] => rows.map(canonical).sort();

/** Requests that share a block. */
const batches = fc.array(logRequests, { minLength: 1, maxLength: 4 });

test('any requests in one block are stored as an independent decoder reads them, field by field', async () => {
  const decoder = new LogDecoder(NO_OBSERVER);
  const block = new LogBlock();
  let records = 0;
  let refused = 0;
  const property = fc.asyncProperty(batches, async (requests) => {
    const expected = requests.map((bytes) => rowsUnlessCut(() => expectedLogs(bytes)));
    for (const [index, bytes] of requests.entries()) {
      const added = decoder.decode(
        { signal: 'logs', bytes, tenant: 'default', receivedAtMs: 0 },
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
    await insertBlock(engine.client, 'otel_logs', block.logs.block());
    expect(inAnyOrder(await storedRows())).toEqual(inAnyOrder(rows));
    records += rows.length;
  });
  const clear = fc.beforeEach(async () => {
    block.reset();
    await engine.client.command({ query: 'TRUNCATE TABLE otel_logs' });
  });
  await fc.assert(property, { numRuns: 100, plugins: [clear] });
  // Were there enough of both to have shown anything?
  expect(records).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(10);
}, 300_000);
