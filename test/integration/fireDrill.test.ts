import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { FIRE_DRILL_TENANT } from '@plumbline/schemas/rules';
import { startAlertingStandIn } from '../support/alertingStandIn';
import { type Processor, startProcessor } from '../support/processor';

const MAIN = join(
  dirname(require.resolve('@plumbline/collector-processor/package.json')),
  'dist/main.js',
);
const MONITOR = { everyMs: 500, maxShare: 1 };

let folder: string;
let processor: Processor;
let client: ClickHouseClient;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fire-drill-'));
  processor = await startProcessor({ config: { monitor: MONITOR } });
  client = createClient({ url: processor.storeUrl });
}, 90_000);
afterAll(async () => {
  await client.close();
  await processor.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (config: object, ...args: string[]) =>
  new Promise<{ code: number; out: string; error: string }>((resolve) => {
    const file = join(folder, 'config.yaml');
    writeFileSync(file, JSON.stringify({ monitor: MONITOR, ...config }));
    const all = [MAIN, 'fire-drill', '--config', file, '--within', '6m', ...args];
    execFile(process.execPath, all, { timeout: 450_000 }, (failure, out, error) => {
      resolve({ code: failure === null ? 0 : Number(failure.code), out, error });
    });
  });
const count = async (query: string): Promise<number> => {
  const answer = await client.query({ query, format: 'JSONEachRow' });
  const [row] = await answer.json<{ n: number }>();
  return row!.n;
};

/** Nothing of the drill is in the store. */
const expectRemoved = async (out: string): Promise<void> => {
  const [, removed] = /^removed +(\d+) rows/m.exec(out)!;
  expect(Number(removed)).toBeGreaterThan(2 * 2600);
  for (const table of ['ml_inferences', 'ml_baselines', 'ml_feature_windows', 'ml_drift']) {
    const where = `tenant = '${FIRE_DRILL_TENANT}'`;
    expect(await count(`SELECT toFloat64(count()) AS n FROM ${table} WHERE ${where}`)).toBe(0);
  }
  for (const table of ['otel_traces', 'otel_traces_trace_id_ts'])
    expect(await count(`SELECT toFloat64(count()) AS n FROM ${table}`)).toBe(0);
};

test('a running processor pages for the drill, whose rows are gone afterwards', async () => {
  const { code, out, error } = await run({ storage: { url: processor.storeUrl } });
  expect(error).toBe('');
  expect(out).toMatch(/^no Grafana takes part/m);
  expect(out).toMatch(/^sent +\d+\.\d s {2}2600 predictions to the drill's own http:/m);
  expect(out).toMatch(/^signal +\d+\.\d s {2}reading: mean up \d\.\d\d sd, n 200, learning$/m);
  expect(out).toMatch(/^rule +\d+\.\d s {2}"Drift of a model" fires for fire-drill$/m);
  expect(out).toMatch(/^webhook +\d+\.\d s {2}"fire-drill drifts" came from the drill itself$/m);
  expect(out).toMatch(/^page +\d+\.\d s /m);
  expect(code).toBe(0);
  await expectRemoved(out);
}, 480_000);

test('in a Grafana, rule and contact point are put in place, answer, and are gone afterwards', async () => {
  const grafana = await startAlertingStandIn(client);
  try {
    const args = ['--grafana', grafana.url, '--token', grafana.token];
    const { code, out, error } = await run({ storage: { url: processor.storeUrl } }, ...args);
    expect(error).toBe('');
    expect(out).not.toContain('no Grafana takes part');
    expect(out).toContain(`"Plumbline fire drill: Drift of a model" fires in ${grafana.url}`);
    expect(out).toMatch(/^webhook +\d+\.\d s {2}"Plumbline fire drill: .*" came from Grafana 12/m);
    expect(code).toBe(0);
    expect(grafana.left()).toEqual([]);
    // It removed what a killed drill may have left first, and the rule before what it uses.
    expect(grafana.calls.filter((line) => line.startsWith('DELETE'))).toEqual([
      'DELETE /api/v1/provisioning/alert-rules/plumbline-fire-drill 204',
      'DELETE /api/v1/provisioning/contact-points/plumbline-fire-drill 202',
      'DELETE /api/folders/plumbline-fire-drill 404',
      'DELETE /api/v1/provisioning/alert-rules/plumbline-fire-drill 204',
      'DELETE /api/v1/provisioning/contact-points/plumbline-fire-drill 202',
      'DELETE /api/folders/plumbline-fire-drill 200',
    ]);
    await expectRemoved(out);
  } finally {
    await grafana.close();
  }
}, 480_000);

test('a Grafana that refuses the token is told, and nothing is written', async () => {
  const grafana = await startAlertingStandIn(client);
  try {
    const args = ['--grafana', grafana.url, '--token', 'glsa_other'];
    const refused = await run({ storage: { url: processor.storeUrl } }, ...args);
    expect(refused.code).toBe(1);
    expect(refused.error).toContain('Grafana answered 401');
    expect(refused.out).not.toContain('sent');
  } finally {
    await grafana.close();
  }
}, 60_000);

test('without a monitor on the store no signal comes, which is told and fails', async () => {
  await processor.kill();
  const stopped = await run({ storage: { url: processor.storeUrl } });
  expect(stopped.code).toBe(1);
  expect(stopped.error).toContain('the store does not answer');
}, 60_000);

test.each([
  [{}, ['--within', 'soon'], 2, '--within soon'],
  [{}, ['--webhook', 'here'], 2, '--webhook here'],
  [{}, ['--grafana', 'grafana:3000', '--token', 'x'], 2, '--grafana grafana:3000'],
  [{}, ['--grafana', 'http://127.0.0.1:1'], 2, 'PLUMBLINE_GRAFANA_TOKEN'],
  [
    { storage: { embedded: { users: [{ name: 'grafana', password: 'secret' }] } } },
    [],
    1,
    'storage.embedded.users',
  ],
])('refuses %j %j', async (config, args, code, named) => {
  const refused = await run(config, ...args);
  expect(refused.code).toBe(code);
  expect(refused.error).toContain(named);
});
