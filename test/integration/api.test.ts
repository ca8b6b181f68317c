import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { type RunningApi, startApi } from '../support/api/startApi';
import { rowsOf } from '../support/clickHouse';

let api: RunningApi;
let store: ClickHouseClient;
beforeAll(async () => {
  api = await startApi({ maxBodyBytes: 4096 });
  store = createClient({ url: api.processor.storeUrl });
  await store.command({
    query: `INSERT INTO ml_inferences (tenant, environment, model, version, time, inference_id, operation)
VALUES ('ours', 'prod', 'fraud', 'v1', now64(3) - 5, 'p-1', 'chat'), ('ours', 'prod', 'org/fraud v2', 'v1', now64(3) - 5, 'p-2', 'chat'),
  ('theirs', 'prod', 'secret', 'v1', now64(3) - 5, 'p-9', 'chat')`,
  });
});
afterAll(async () => {
  await store.close();
  await api.stop();
});

const LABEL = {
  prediction_id: 'p-1',
  value: 'fraud',
  time: '2026-11-20T10:00:00.5+01:00',
  source: 'chargebacks',
  environment: 'prod',
  model: 'fraud',
  version: 'v1',
};
const audit = (where: string) =>
  rowsOf<Record<string, unknown>>(
    store,
    `SELECT actor, actor_id, actor_name, role, via, action, object, model, outcome, status, reason, request FROM v_audit WHERE ${where} ORDER BY time`,
  );

describe('labels and feedback', () => {
  test('labels come back from v_labels; unknown predictions are kept and counted', async () => {
    const labels = [LABEL, { prediction_id: 'nobody', value: 3.5, model: 'fraud' }];
    const answer = await api.ask('/labels', 'editor', { body: { labels } });
    expect([answer.status, answer.body]).toEqual([200, { accepted: 2, unknown_predictions: 1 }]);
    expect(
      await rowsOf(
        store,
        "SELECT tenant, environment, model, version, inference_id, value, label, source, toUnixTimestamp64Milli(time) = 1795165200500 AS told FROM v_labels WHERE tenant = 'ours' ORDER BY inference_id",
      ),
    ).toEqual([
      {
        ...{ tenant: 'ours', environment: '', model: 'fraud', version: '', inference_id: 'nobody' },
        ...{ value: 3.5, label: '3.5', source: '', told: 0 },
      },
      {
        ...{ tenant: 'ours', environment: 'prod', model: 'fraud', version: 'v1' },
        ...{ inference_id: 'p-1', value: null, label: 'fraud', source: 'chargebacks', told: 1 },
      },
    ]);
    await api.ask('/labels', 'editor', { body: { labels: [LABEL] } });
    expect(
      await rowsOf(store, "SELECT count() AS n FROM v_labels WHERE inference_id = 'p-1'"),
    ).toEqual([{ n: 1 }]);
    expect((await audit("action = 'labels.write' AND outcome = 'accepted'")).slice(0, 1)).toEqual([
      {
        ...{ actor: 'token:editor', actor_id: '', actor_name: 'editor', role: 'editor' },
        ...{ via: 'token', action: 'labels.write', object: 'labels', model: 'fraud' },
        ...{ outcome: 'accepted', status: 200, reason: '' },
        request: '{"count":2,"models":["fraud"]}',
      },
    ]);
  });

  test('feedback of a Grafana user carries his name in the audit', async () => {
    const feedback = [{ prediction_id: 'p-1', score: -1, text: 'very private words' }];
    const answer = await api.ask('/feedback', api.proxied(api.grafana.identity()), {
      body: { feedback },
    });
    expect([answer.status, answer.body]).toEqual([200, { accepted: 1, unknown_predictions: 0 }]);
    expect(await rowsOf(store, 'SELECT score, text, tenant FROM v_feedback')).toEqual([
      { score: -1, text: 'very private words', tenant: 'ours' },
    ]);
    const rows = await audit("action = 'feedback.write'");
    expect(rows).toEqual([
      expect.objectContaining({
        ...{ actor: 'user:3', actor_id: 'uid-of-3', actor_name: 'eve', role: 'editor' },
        ...{ via: 'grafana', outcome: 'accepted' },
      }),
    ]);
    expect(JSON.stringify(rows)).not.toContain('private');
  });

  test.each<[string, unknown, string, unknown]>([
    ['nothing', { labels: [] }, '/labels', undefined],
    ['a text as list', { labels: 'x' }, '/labels', 'x'],
    ['no value', { labels: [{ prediction_id: 'a' }] }, '/labels/0/value', undefined],
    [
      'an infinite value',
      '{"labels":[{"prediction_id":"a","value":1e999}]}',
      '/labels/0/value',
      undefined,
    ],
    ['an unknown field', { labels: [{ ...LABEL, valeu: 1 }] }, '/labels/0/valeu', 1],
    [
      'a time without zone',
      { labels: [{ ...LABEL, time: '2026-11-20T10:00:00' }] },
      '/labels/0/time',
      '2026-11-20T10:00:00',
    ],
    [
      'a time in 2300',
      { labels: [{ ...LABEL, time: '2300-01-01T00:00:00Z' }] },
      '/labels/0/time',
      '2300-01-01T00:00:00Z',
    ],
  ])(
    '%s is refused, with field and value, and told to the audit',
    async (_, body, field, value) => {
      const answer = await api.ask('/labels', 'editor', { body });
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(answer.body).toMatchObject({
        type: 'urn:plumbline:problem:invalid-request',
        status: 400,
        errors: [{ field, in: 'body', ...(value !== undefined && { value }) }],
      });
      const rows = await audit("outcome = 'refused' AND status = 400");
      expect(rows.at(-1)).toMatchObject({ request: JSON.stringify({ fields: [field] }) });
    },
  );

  test('a body that is too large, no JSON or of another type is refused', async () => {
    const status = async (body: string, headers = {}) =>
      (await api.ask('/labels', 'editor', { body, headers })).status;
    const before = (await audit("outcome = 'refused'")).length;
    expect(await status(JSON.stringify({ labels: [{ ...LABEL, source: 'x'.repeat(5000) }] }))).toBe(
      413,
    );
    expect(await status('{"labels":')).toBe(400);
    expect(await status('{"__proto__":{"a":1}}')).toBe(400);
    expect(await status('labels', { 'content-type': 'text/plain' })).toBe(415);
    expect((await audit("outcome = 'refused'")).length).toBe(before + 4);
  });
});

describe('idempotency', () => {
  const post = (key: string, labels: unknown[], as: 'editor' | 'admin' | 'other' = 'editor') =>
    api.ask('/labels', as, { body: { labels }, headers: { 'idempotency-key': key } });
  /** Without a time the record has that of the request, so a second run would be a second row. */
  const untimed = { prediction_id: 'once', value: 1 };
  const countOnce = async () =>
    (
      await rowsOf<{ n: number }>(
        store,
        "SELECT count() AS n FROM v_labels WHERE inference_id = 'once'",
      )
    )[0]!.n;

  test('the same key and body get the first answer and write nothing', async () => {
    const first = await post('key-1', [untimed]);
    const second = await post('key-1', [untimed]);
    expect([first.status, second.status, second.body]).toEqual([200, 200, first.body]);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await countOnce()).toBe(1);
  });

  test('another body is refused; another caller has keys of his own', async () => {
    const changed = await post('key-1', [{ ...untimed, value: 2 }]);
    expect([changed.status, changed.body.type]).toEqual([
      422,
      'urn:plumbline:problem:idempotency-key-reused',
    ]);
    expect(
      (await post('key-1', [untimed], 'other')).headers.get('idempotency-replayed'),
    ).toBeNull();
    expect((await post('', [untimed])).status).toBe(400);
    expect((await audit("reason LIKE '%idempotency-key-reused%'")).length).toBe(1);
  });

  test('requests at once with one key are one write', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post('key-2', [{ ...untimed, prediction_id: 'at-once' }])),
    );
    for (const { status } of answers) expect([200, 409]).toContain(status);
    const accepted = await rowsOf<{ n: number }>(
      store,
      "SELECT count() AS n FROM ml_audit FINAL WHERE idempotency_key = 'key-2' AND outcome = 'accepted'",
    );
    expect(accepted).toEqual([{ n: 1 }]);
  });

  test('a write that was cut short is done again under its first time and id', async () => {
    await post('key-3', [{ prediction_id: 'cut', value: 1 }]);
    const deed = "FROM ml_audit FINAL WHERE idempotency_key = 'key-3'";
    // As after a crash between the rows and the end of the write.
    await store.command({
      query: `INSERT INTO ml_audit SELECT * REPLACE ('started' AS outcome, '' AS answer, row_version + 1 AS row_version) ${deed}`,
    });
    const again = await post('key-3', [{ prediction_id: 'cut', value: 1 }]);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, null]);
    expect(await rowsOf(store, `SELECT count() AS n, any(outcome) AS outcome ${deed}`)).toEqual([
      { n: 1, outcome: 'accepted' },
    ]);
    expect(
      await rowsOf(store, "SELECT count() AS n FROM v_labels WHERE inference_id = 'cut'"),
    ).toEqual([{ n: 1 }]);
  });
});

describe('reading', () => {
  test('models of the own tenant only, by path and by query', async () => {
    const listed = await api.ask('/models', 'viewer');
    const models = listed.body.models as { model: string }[];
    expect(listed.status).toBe(200);
    expect(models.map(({ model }) => model).toSorted()).toEqual(['fraud', 'org/fraud v2']);
    expect(models[0]).toMatchObject({
      ...{ environment: 'prod', versions: ['v1'], requests_24h: 1 },
      last_seen: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    expect((await api.ask('/models?search=ORG%2F&limit=1', 'viewer')).body).toMatchObject({
      total: 1,
      models: [{ model: 'org/fraud v2' }],
    });
    const theirs = (await api.ask('/models', 'other')).body.models as { model: string }[];
    expect(theirs.map(({ model }) => model)).toEqual(['secret']);

    const one = await api.ask('/models/fraud', 'viewer');
    expect([one.status, one.body]).toEqual([
      200,
      expect.objectContaining({
        model: 'fraud',
        versions: [expect.objectContaining({ version: 'v1', cost_24h: null })],
      }),
    ]);
    expect((await api.ask('/model?name=org%2Ffraud%20v2', 'viewer')).status).toBe(200);
    for (const path of [
      '/models/secret',
      '/model?name=secret',
      '/models/%27%3B%20DROP%20TABLE%20x',
    ]) {
      const missing = await api.ask(path, 'viewer');
      expect([missing.status, missing.body.type]).toEqual([404, 'urn:plumbline:problem:not-found']);
    }
    expect((await api.ask('/models?limit=x&surprise=1', 'viewer')).body).toMatchObject({
      errors: [
        { field: '/limit', in: 'query', value: 'x' },
        { field: '/surprise', in: 'query', value: '1' },
      ],
    });
  });

  test('the audit is for admins, of their own tenant, in pages', async () => {
    expect((await api.ask('/audit', 'editor')).status).toBe(403);
    const first = (await api.ask('/audit?limit=2', 'admin')).body.entries as Record<
      string,
      string
    >[];
    expect(first).toHaveLength(2);
    const { time, audit_id } = first[1]!;
    const next = await api.ask(`/audit?limit=2&before=${time!}&before_id=${audit_id!}`, 'admin');
    const ids = [...first, ...(next.body.entries as Record<string, string>[])].map(
      (one) => one.audit_id,
    );
    expect(new Set(ids).size).toBe(4);
    const theirs = (await api.ask('/audit', 'other')).body.entries as Record<string, string>[];
    expect(theirs.map(({ actor }) => actor)).toEqual(['token:other']);
  });

  test('nothing is told of paths that are not there', async () => {
    expect((await api.ask('/nowhere', 'viewer')).body.type).toBe('urn:plumbline:problem:not-found');
    expect((await api.ask('/labels', 'editor', { method: 'PUT', body: {} })).status).toBe(404);
    expect((await api.ask('/nowhere', {})).status).toBe(401);
  });
});
