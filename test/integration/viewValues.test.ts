import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrate } from '../../collector-processor/src/store/migrate';
import { startEngine, type TestEngine } from '../support/engine';
import { insertInferences } from '../support/insertInferences';

let engine: TestEngine;
const end = Math.floor(Date.now() / 3_600_000) * 3_600_000;
const read = async <Row>(query: string): Promise<Row[]> =>
  (await engine.client.query({ query, format: 'JSONEachRow' })).json<Row>();

beforeAll(async () => {
  engine = await startEngine();
  await migrate({ client: engine.client, events: { migrationApplied: () => undefined } });
});
afterAll(async () => {
  await engine.stop();
});

describe('what the views make of rows', () => {
  test('v_inferences leaves unknown numbers unknown and adds the buckets up', async () => {
    await insertInferences(engine.client, [
      { time: end, model: 'x', inference_id: '1' },
      {
        time: end,
        model: 'x',
        inference_id: '2',
        tokens: {
          input: 1,
          cache_read: 2,
          cache_write_5m: 4,
          cache_write_1h: 8,
          audio_in: 16,
          output: 32,
          reasoning: 64,
          audio_out: 128,
          other: 256,
        },
        violations: ['a'],
      },
    ]);
    expect(
      await read(
        `SELECT input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens, latency_ms, cost, refusal, violations
         FROM v_inferences WHERE model = 'x' ORDER BY inference_id`,
      ),
    ).toEqual([
      {
        input_tokens: null,
        cache_read_tokens: null,
        cache_write_tokens: null,
        output_tokens: null,
        reasoning_tokens: null,
        latency_ms: null,
        cost: null,
        refusal: null,
        violations: [],
      },
      {
        input_tokens: 31,
        cache_read_tokens: 2,
        cache_write_tokens: 12,
        output_tokens: 224,
        reasoning_tokens: 64,
        latency_ms: null,
        cost: null,
        refusal: null,
        violations: ['a'],
      },
    ]);
  });

  test('v_features has numbers and texts', async () => {
    await insertInferences(engine.client, [
      {
        time: end,
        model: 'y',
        inference_id: '1',
        feature_numbers: { a: 1.5 },
        feature_texts: { b: 'red' },
      },
    ]);
    expect(
      await read(
        "SELECT feature, value_number, value_text FROM v_features WHERE model = 'y' ORDER BY feature",
      ),
    ).toEqual([
      { feature: 'a', value_number: 1.5, value_text: '' },
      { feature: 'b', value_number: null, value_text: 'red' },
    ]);
  });
});
