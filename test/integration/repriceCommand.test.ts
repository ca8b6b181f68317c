import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { migrate } from '../../collector-processor/src/store/migrate';
import { startEngine, type TestEngine } from '../support/engine';
import { insertInferences } from '../support/insertInferences';

const MAIN = join(
  dirname(require.resolve('@plumbline/collector-processor/package.json')),
  'dist/main.js',
);

const CONTRACT = `
prices:
  - provider: openai
    match: equals:house-model
    per_million: { input: 3, output: 5 }
`;

describe('plumbline reprice', () => {
  let engine: TestEngine;
  let folder: string;
  beforeAll(async () => {
    engine = await startEngine();
    await migrate({ client: engine.client, events: { migrationApplied: () => undefined } });
    folder = mkdtempSync(join(tmpdir(), 'reprice-'));
    writeFileSync(join(folder, 'contract.yaml'), CONTRACT);
    const storage = { url: engine.url };
    const prices = { overrideFile: join(folder, 'contract.yaml') };
    writeFileSync(join(folder, 'config.yaml'), JSON.stringify({ storage, prices }));
  });
  afterAll(async () => {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...args: string[]): Promise<{ code: number; out: string; error: string }> =>
    new Promise((resolve) => {
      const all = [MAIN, 'reprice', '--config', join(folder, 'config.yaml'), ...args];
      execFile(process.execPath, all, (failure, out, error) => {
        resolve({ code: typeof failure?.code === 'number' ? failure.code : 0, out, error });
      });
    });

  test('prices stored calls by a new contract, tells the difference, and changes nothing twice', async () => {
    await insertInferences(engine.client, [
      {
        time: Date.UTC(2026, 10, 20, 12),
        provider: 'openai',
        model: 'house-model',
        version: 'house-model',
        model_type: 'llm',
        tokens: { input: 1000, output: 200 },
        cost_status: 'unpriced',
      },
    ]);
    const range = ['--from', '2026-11-20', '--to', '2026-11-21'];
    const first = await run(...range);
    expect(first.error).toBe('');
    // 1,000 × $3 and 200 × $5 per million.
    expect(first.out).toMatch(/1 model calls read, 1 priced anew by genai-prices@.*\+contracts@/);
    expect(first.out).toContain('USD: 0.000000 before, 0.004000 now (0.004000)');
    expect((await run(...range)).out).toContain('1 model calls read, 0 priced anew');
    const answer = await engine.client.query({
      query: 'SELECT toString(cost) AS cost, cost_status FROM v_inferences',
      format: 'JSONEachRow',
    });
    expect(await answer.json()).toEqual([{ cost: '0.004', cost_status: 'priced' }]);
  });

  test.each([
    [['--from', 'yesterday', '--to', '2026-11-21'], '--from yesterday: must be a day'],
    [['--from', '2026-11-20'], '--to : must be a day'],
    [
      ['--from', '2026-11-20', '--to', '2026-11-21', '--price-version', 'nope'],
      '--price-version nope: ml_prices has no rows of nope',
    ],
  ])('%j is refused with what is wrong', async (args, message) => {
    const { code, error } = await run(...args);
    expect(code).toBe(2);
    expect(error).toContain(message);
  });
});
