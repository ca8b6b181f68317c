import { migrate } from '../../collector-processor/src/store/migrate';
import { openGrpcConnection } from '../bench/load/grpcConnection';
import { PAYLOADS } from '../bench/load/payloads';
import { startNaiveServer } from '../naive/startNaiveServer';
import { startEngine } from '../support/engine';
import { expectedRows, STORED_ROWS_SQL, storedRow } from '../support/oracle';
import type { ExpectedRow } from '../support/oracle';
import { makeTraceRequest } from '../support/payloads/makeTraceRequest';
import { grpcFrame } from '../support/rawGrpcCall';

/** A comparison with a baseline that does less is no comparison. */
test('the baseline of the bench fills both tables, whole and priced, before it answers', async () => {
  const engine = await startEngine();
  const { client } = engine;
  await migrate({ client, events: { migrationApplied: () => undefined } });
  const naive = await startNaiveServer(engine.url);
  const connection = await openGrpcConnection(naive.address, PAYLOADS.ml.method);
  try {
    const request = makeTraceRequest({ seed: 3, spans: 200, mix: 'ml', timeMs: Date.now() });
    const reply = await connection.export(grpcFrame(request.bytes));
    expect(reply.status).toBe(0);

    const traces = await client.query({ query: STORED_ROWS_SQL, format: 'JSONEachRow' });
    const stored = (await traces.json<ExpectedRow>()).map(storedRow);
    const byId = (a: ExpectedRow, b: ExpectedRow): number => (a.spanId < b.spanId ? -1 : 1);
    expect(stored.toSorted(byId)).toEqual(expectedRows(request.bytes).toSorted(byId));

    const counts = await client.query({
      query: `SELECT count() AS all, countIf(model_type = 'llm') AS calls,
        countIf(cost_status = 'priced' AND cost > 0 AND tokens['output'] > 0) AS priced,
        countIf(length(feature_numbers) = 10 AND score IS NOT NULL) AS predictions
        FROM ml_inferences`,
      format: 'JSONEachRow',
    });
    const [row] = await counts.json<Record<string, string>>();
    expect(Number(row!.all)).toBe(request.inferences);
    expect(Number(row!.priced)).toBe(Number(row!.calls));
    expect(Number(row!.predictions)).toBe(request.inferences - Number(row!.calls));
    expect(Number(row!.calls)).toBeGreaterThan(50);
  } finally {
    await connection.close();
    await naive.stop();
    await engine.stop();
  }
});
