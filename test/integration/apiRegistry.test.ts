import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { type RunningApi, startApi } from '../support/api/startApi';
import { rowsOf } from '../support/clickHouse';

let api: RunningApi;
let store: ClickHouseClient;
beforeAll(async () => {
  api = await startApi();
  store = createClient({ url: api.processor.storeUrl });
  await store.command({
    query: `INSERT INTO ml_inferences (tenant, environment, model, version, time, inference_id, operation, status)
SELECT 'ours', 'prod', 'fraud', ['v1', 'v2'][number % 2 + 1], now64(3) - 5, toString(number), 'predict', if(number < 10, 'error', 'ok') FROM numbers(100)`,
  });
});
afterAll(async () => {
  await store.close();
  await api.stop();
});

const KEY = { environment: 'prod', model: 'fraud' };
type Version = Record<string, unknown> & { version: string };
const versions = async (name = 'fraud'): Promise<Map<string, Version>> => {
  const { body } = await api.ask(`/models/${name}`, 'viewer');
  return new Map((body.versions as Version[]).map((one) => [one.version, one]));
};
const post = (path: string, body: unknown, headers = {}) =>
  api.ask(path, 'editor', { body, headers });
const detail = async (version = '') =>
  (await api.ask(`/registry?environment=prod&model=fraud&version=${version}`, 'viewer')).body;

describe('stages', () => {
  test('a promotion is there at once, with who, when, why and what was known', async () => {
    expect((await versions()).get('v1')).toMatchObject({ stage: '', owner: '' });
    const answer = await post('/registry/stage', {
      ...{ ...KEY, version: 'v1', stage: 'production', reason: 'first one' },
    });
    expect([answer.status, answer.body.changes]).toEqual([
      200,
      [{ version: 'v1', from: '', to: 'production' }],
    ]);
    expect((await versions()).get('v1')).toMatchObject({
      stage: 'production',
      stage_since: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    const [change] = (await detail()).stage_changes as Record<string, unknown>[];
    expect(change).toMatchObject({
      ...{ version: 'v1', from_stage: '', to_stage: 'production', reason: 'first one' },
      ...{ actor: 'token:editor', actor_name: 'editor', checks: answer.body.checks },
    });
    expect(await rowsOf(store, 'SELECT event, version, text, actor FROM v_model_events')).toEqual([
      {
        ...{ event: 'stage_changed', version: 'v1', actor: 'editor' },
        text: 'fraud v1: now production. first one',
      },
    ]);
  });

  test('the check list says what is known, and that the rest is not', async () => {
    const answer = await api.ask(
      '/registry/checklist?environment=prod&model=fraud&version=v1',
      'viewer',
    );
    const checks = answer.body.checks as { name: string; status: string; fact: string }[];
    expect(checks.map(({ name, status }) => [name, status])).toEqual([
      ['traffic', 'pass'],
      ['errors', 'fail'],
      ['validation', 'unknown'],
      ['drift', 'unknown'],
      ['quality', 'unknown'],
      ['performance', 'unknown'],
    ]);
    expect(checks[0]!.fact).toBe('50 requests in 7 days');
    expect(checks[1]!.fact).toBe('10.00% of the requests failed');
  });

  test('facts of the monitor turn into verdicts', async () => {
    const key = "'ours', 'prod', 'fraud', 'v2', now64(3) - 3600";
    await store.command({
      query: `INSERT INTO ml_drift (tenant, environment, model, version, time, feature, window_minutes, status, score, top_feature, page, features)
VALUES (${key}, '', 60, 'drift', 1.5, 'amount', 1, 3)`,
    });
    await store.command({
      query: `INSERT INTO ml_performance (tenant, environment, model, version, time, metric, value, n, status, settled_status)
VALUES (${key}, 'auc', 0.87, 100, 'measured', 'measured')`,
    });
    await store.command({
      query: `INSERT INTO ml_evaluations (tenant, environment, model, version, time, inference_id, record_id, name, score, label)
VALUES (${key}, '1', 'a', 'relevance', 1, 'pass'), (${key}, '2', 'b', 'relevance', 0, 'fail')`,
    });
    await store.command({
      query: `INSERT INTO ml_quality (tenant, environment, model, version, time, feature, check, status, violations, n)
VALUES (${key}, 'amount', 'range', 'ok', 0, 100)`,
    });
    const { body } = await api.ask(
      '/registry/checklist?environment=prod&model=fraud&version=v2',
      'viewer',
    );
    const facts = (body.checks as { name: string; status: string; fact: string }[]).map(
      ({ name, status, fact }) => [name, status, fact],
    );
    expect(facts.slice(2)).toEqual([
      ['validation', 'warn', '1 of 2 evaluations failed'],
      ['drift', 'fail', 'amount has drifted by 1.50 sd'],
      ['quality', 'pass', 'no check of quality is violated'],
      ['performance', 'pass', 'auc 0.870'],
    ]);
  });

  test('a successor takes the place; a roll-back brings the version before', async () => {
    const promoted = await post('/registry/stage', {
      ...{ ...KEY, version: 'v2', stage: 'production', reason: 'better', archive_others: true },
    });
    expect(promoted.body.changes).toEqual([
      { version: 'v2', from: '', to: 'production' },
      { version: 'v1', from: 'production', to: 'archived' },
    ]);
    const back = await post('/registry/rollback', { ...KEY, reason: 'errors' });
    expect(back.body.changes).toEqual([
      { version: 'v1', from: 'archived', to: 'production' },
      { version: 'v2', from: 'production', to: 'archived' },
    ]);
    const now = await versions();
    expect([now.get('v1')!.stage, now.get('v2')!.stage]).toEqual(['production', 'archived']);
    expect(
      await rowsOf(
        store,
        "SELECT version, stage, stage_actor FROM v_registry WHERE tenant = 'ours' ORDER BY version",
      ),
    ).toEqual([
      { version: 'v1', stage: 'production', stage_actor: 'editor' },
      { version: 'v2', stage: 'archived', stage_actor: 'editor' },
    ]);
    const unknown = await post('/registry/rollback', { environment: '', model: 'x', reason: '' });
    expect([unknown.status, unknown.body.message]).toEqual([
      404,
      'no other version of this model was in production',
    ]);
  });

  test('a write that was cut short and asked for again is one change', async () => {
    const body = { environment: 'prod', model: 'cut', version: 'v1', stage: 'staging', reason: '' };
    const headers = { 'idempotency-key': 'stage-1' };
    await post('/registry/stage', body, headers);
    const deed = "FROM ml_audit FINAL WHERE idempotency_key = 'stage-1'";
    await store.command({
      query: `INSERT INTO ml_audit SELECT * REPLACE ('started' AS outcome, '' AS answer, row_version + 1 AS row_version) ${deed}`,
    });
    const again = await post('/registry/stage', body, headers);
    expect(again.body.changes).toEqual([{ version: 'v1', from: '', to: 'staging' }]);
    for (const view of ['v_stage_changes', 'v_model_events']) {
      expect(await rowsOf(store, `SELECT count() AS n FROM ${view} WHERE model = 'cut'`)).toEqual([
        { n: 1 },
      ]);
    }
  });

  test.each<[string, unknown, string]>([
    ['a stage that is none', { ...KEY, version: 'v1', stage: 'live', reason: '' }, '/stage'],
    ['no reason', { ...KEY, version: 'v1', stage: 'staging' }, '/reason'],
    ['no model', { version: 'v1', stage: 'staging', reason: '' }, '/model'],
    ['an unknown field', { ...KEY, stage: 'staging', reason: '', force: true }, '/force'],
  ])('%s is refused with its field', async (_, body, field) => {
    const answer = await post('/registry/stage', body);
    expect([answer.status, (answer.body.errors as { field: string }[])[0]!.field]).toEqual([
      400,
      field,
    ]);
  });
});

describe('metadata, deployments, annotations', () => {
  const patch = (body: unknown) =>
    api.ask('/registry/metadata', 'editor', { method: 'PATCH', body });

  test('what is told stays until it is told anew; versions inherit from their model', async () => {
    await patch({ ...KEY, owner: 'eve', team: 'risk', links: { repo: 'https://git.example/x' } });
    await patch({ ...KEY, version: 'v1', owner: 'mallory', card: '# v1', tags: { tier: '1' } });
    const second = await patch({ ...KEY, version: 'v1', description: "it's '; DROP TABLE x" });
    expect(second.body).toEqual({
      ...{ owner: 'mallory', team: '', description: "it's '; DROP TABLE x", card: '# v1' },
      ...{ links: {}, tags: { tier: '1' } },
    });
    const now = await versions();
    expect(now.get('v1')).toMatchObject({ owner: 'mallory', team: 'risk' });
    expect(now.get('v2')).toMatchObject({ owner: 'eve', team: 'risk', description: '' });
    expect((await detail('v1')).metadata).toEqual([
      expect.objectContaining({ version: '', owner: 'eve', stage: '' }),
      expect.objectContaining({ version: 'v1', card: '# v1', stage: 'production' }),
    ]);
    expect((await patch({ ...KEY, links: { x: 'javascript:alert(1)' } })).status).toBe(400);
  });

  test('what is registered before it is seen is listed, without numbers that nobody knows', async () => {
    await patch({ model: 'planned/one', version: 'v0', owner: 'eve' });
    const { body } = await api.ask('/model?name=planned%2Fone', 'viewer');
    expect(body.versions).toEqual([
      expect.objectContaining({
        ...{ version: 'v0', owner: 'eve', first_seen: null, latency_p95_ms: null, services: [] },
      }),
    ]);
    expect((await api.ask('/models?search=planned', 'viewer')).body).toMatchObject({
      total: 1,
      truncated: false,
      as_of: expect.stringMatching(/Z$/),
      age_ms: expect.any(Number),
    });
    expect((await api.ask('/models/planned', 'other')).status).toBe(404);
  });

  test('deployments and annotations are events of the model, at their own time', async () => {
    const time = '2026-11-20T10:00:00.000Z';
    const told = await post('/registry/deployments', {
      ...{ ...KEY, version: 'v2', time, service: 'checkout', evidence: { commit: 'abc' } },
    });
    expect(told.status).toBe(200);
    await post('/annotations', { ...KEY, time, text: 'Black Friday' });
    expect((await detail('v2')).deployments).toEqual([
      {
        ...{ time, version: 'v2', text: 'fraud v2 deployed to checkout', actor: 'editor' },
        evidence: { commit: 'abc', service: 'checkout' },
      },
    ]);
    expect(
      await rowsOf(store, "SELECT version, text FROM v_model_events WHERE event = 'annotation'"),
    ).toEqual([{ version: '', text: 'Black Friday' }]);
  });

  test('who may only read cannot write, and each attempt is told to the audit', async () => {
    const bodies: [string, string, unknown][] = [
      ['POST', '/registry/stage', { ...KEY, version: 'v1', stage: 'archived', reason: '' }],
      ['POST', '/registry/rollback', { ...KEY, reason: '' }],
      ['PATCH', '/registry/metadata', { ...KEY, owner: 'x' }],
      ['POST', '/registry/deployments', { ...KEY }],
      ['POST', '/annotations', { ...KEY, text: 'x' }],
      ['POST', '/alerts/events', { alerts: [] }],
    ];
    const viewer = api.proxied(api.grafana.identity({ role: 'Viewer' }));
    for (const [method, path, body] of bodies) {
      const answer = await api.ask(path, viewer, { method, body });
      expect([path, answer.status, answer.body.message]).toEqual([
        path,
        403,
        'needs the role editor',
      ]);
    }
    expect(
      await rowsOf(
        store,
        "SELECT count() AS n FROM v_audit WHERE actor = 'user:3' AND status = 403",
      ),
    ).toEqual([{ n: bodies.length }]);
    const { entries } = (await api.ask('/audit?action=registry.stage&limit=1000', 'admin')).body;
    expect((entries as { version: string }[]).map(({ version }) => version)).toContain('v2');
  });
});
