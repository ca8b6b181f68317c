import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  databaseSql,
  firstTelemetrySql,
  monitorSql,
  schemaVersionSql,
} from '@plumbline/schemas/queries';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

let store: WindowStore;
beforeAll(async () => {
  store = await startWindowStore();
});
afterAll(async () => {
  await store.stop();
});

describe('what set-up asks', () => {
  test('a whole schema lacks nothing, and one without a view names it', async () => {
    const [whole] = await store.read<{ missing: string; expected: number; server: string }>(
      databaseSql(),
    );
    expect(whole!.missing).toBe('');
    expect(whole!.expected).toBeGreaterThan(20);
    expect(whole!.server).toMatch(/^\d+\.\d+/);
    const [{ schema_version: version }] = (await store.read(schemaVersionSql())) as [
      { schema_version: number },
    ];
    expect(version).toBeGreaterThan(30);
  });

  test('an empty store has no telemetry and no references', async () => {
    expect(await store.read(firstTelemetrySql())).toMatchObject([{ models: 0, spans: 0 }]);
    expect(await store.read(monitorSql())).toEqual([{ references: 0, alert_events: 0 }]);
  });

  test('the first calls are counted', async () => {
    await store.insertRows('ml_inferences', [
      {
        ...{ tenant: 'default', environment: 'prod', model: 'fraud', version: '1' },
        ...{ time: new Date().toISOString().replace('T', ' ').replace('Z', '') },
        ...{ inference_id: 'one', operation: 'predict', status: 'ok', sample_weight: 1 },
      },
    ]);
    const [row] = await store.read<{ models: number; requests: number; newest_ms: number }>(
      firstTelemetrySql(),
    );
    expect(row).toMatchObject({ models: 1, requests: 1 });
    expect(Math.abs(row!.newest_ms - Date.now())).toBeLessThan(600_000);
  });
});
