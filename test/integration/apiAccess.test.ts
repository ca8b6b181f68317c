import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { type RunningApi, startApi, TOKENS } from '../support/api/startApi';
import { rowsOf } from '../support/clickHouse';
import { sendRaw } from '../support/sendHttp';

let api: RunningApi;
let store: ClickHouseClient;
beforeAll(async () => {
  api = await startApi();
  store = createClient({ url: api.processor.storeUrl });
});
afterAll(async () => {
  await store.close();
  await api.stop();
});

const LABELS = { body: { labels: [{ prediction_id: 'p', value: 1 }] } };
const now = () => Math.floor(Date.now() / 1000);
const written = async (): Promise<number> =>
  (await rowsOf<{ n: number }>(store, 'SELECT count() AS n FROM ml_labels'))[0]!.n;
const refused = async (): Promise<Record<string, unknown>[]> =>
  rowsOf(
    store,
    "SELECT actor, via, role, status FROM v_audit WHERE outcome = 'refused' ORDER BY time",
  );

describe('roles', () => {
  test.each([
    ['viewer', 200, 403, 403],
    ['editor', 200, 200, 403],
    ['admin', 200, 200, 200],
  ] as const)('%s: models %i, labels %i, audit %i', async (role, models, labels, audit) => {
    const name = `${role[0]!.toUpperCase()}${role.slice(1)}`;
    for (const as of [role, api.proxied(api.grafana.identity({ role: name }))]) {
      expect((await api.ask('/models', as)).status).toBe(models);
      expect((await api.ask('/labels', as, LABELS)).status).toBe(labels);
      expect((await api.ask('/audit', as)).status).toBe(audit);
    }
  });

  test('who may not write is told to the audit, and nothing is written', async () => {
    expect(await refused()).toEqual([
      { actor: 'token:viewer', via: 'token', role: 'viewer', status: 403 },
      { actor: 'user:3', via: 'grafana', role: 'viewer', status: 403 },
    ]);
  });

  test('nobody known is 401, with the way in', async () => {
    for (const headers of [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: 'Basic eDp5' },
    ]) {
      const answer = await api.ask('/labels', headers, LABELS);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    }
  });

  test('service accounts may write; the shared identity may only read', async () => {
    const service = { sub: 'service-account:4', type: 'service-account', username: undefined };
    expect(
      (await api.ask('/labels', api.proxied(api.grafana.identity(service)), LABELS)).status,
    ).toBe(200);
    const shared = api.proxied(
      api.grafana.identity({
        sub: 'anonymous:0',
        type: 'anonymous',
        identifier: '',
        role: 'Admin',
      }),
    );
    expect((await api.ask('/models', shared)).status).toBe(200);
    expect((await api.ask('/labels', shared, LABELS)).status).toBe(403);
    expect((await api.ask('/audit', shared)).status).toBe(403);
  });
});

describe('an identity of Grafana', () => {
  const good = () => api.grafana.identity();
  const tampered = () => {
    const [head, , signature] = good().split('.');
    const claims = {
      ...(JSON.parse(Buffer.from(good().split('.')[1]!, 'base64url').toString()) as object),
      role: 'Admin',
    };
    return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
  };
  test.each<[string, () => string]>([
    ['empty', () => ''],
    ['no JWT', () => 'admin'],
    ['with changed claims', tampered],
    ['without a signature', () => good().split('.').slice(0, 2).join('.') + '.'],
    ['with four parts', () => `${good()}.x`],
    ['too long', () => good() + 'A'.repeat(10_000)],
    [
      'signed with a foreign key under our name',
      () => api.grafana.identity({}, { key: api.grafana.foreignKey }),
    ],
    [
      'of an unknown key',
      () => api.grafana.identity({}, { key: api.grafana.foreignKey, header: { kid: 'other' } }),
    ],
    ['that says alg none', () => api.grafana.identity({}, { header: { alg: 'none' } })],
    ['that says alg HS256', () => api.grafana.identity({}, { header: { alg: 'HS256' } })],
    ['that has expired', () => api.grafana.identity({ exp: now() - 31 })],
    ['without an end', () => api.grafana.identity({ exp: undefined })],
    ['of the future', () => api.grafana.identity({ iat: now() + 120 })],
    ['not valid yet', () => api.grafana.identity({ nbf: now() + 120 })],
    ['of another organisation', () => api.grafana.identity({ aud: 'org:2' })],
    ['of another namespace', () => api.grafana.identity({ namespace: 'org-2' })],
    ['of another Grafana', () => api.grafana.identity({ iss: 'http://elsewhere:3000/' })],
    ['whose subject is not its type', () => api.grafana.identity({ sub: 'service-account:3' })],
    [
      'of a type that nobody knows',
      () => api.grafana.identity({ sub: 'plugin:3', type: 'plugin' }),
    ],
    ['without a role', () => api.grafana.identity({ role: undefined })],
    ['of the role None', () => api.grafana.identity({ role: 'None' })],
  ])('%s is 403', async (_, identity) => {
    const before = await written();
    for (const ask of [LABELS, {}]) {
      const answer = await api.ask(
        ask === LABELS ? '/labels' : '/models',
        api.proxied(identity()),
        ask,
      );
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([403, null]);
      expect(answer.body.message).toMatch(/identity/);
    }
    expect(await written()).toBe(before);
  });

  test('expired less than half a minute ago is still good', async () => {
    const late = api.proxied(api.grafana.identity({ exp: now() - 20 }));
    expect((await api.ask('/models', late)).status).toBe(200);
  });

  test.each<[string, () => Record<string, string>]>([
    ['without the token of the route', () => ({ 'x-grafana-id': good() })],
    ['with a wrong one', () => ({ 'x-grafana-id': good(), authorization: 'Bearer wrong' })],
    [
      'with a token of the API in its place',
      () => ({ 'x-grafana-id': good(), authorization: `Bearer ${TOKENS.admin}` }),
    ],
    [
      'with only what is not signed',
      () => ({
        authorization: `Bearer ${TOKENS.route}`,
        'x-grafana-context': '{"OrgRole":"Admin"}',
      }),
    ],
    ['the token of the route alone', () => ({ authorization: `Bearer ${TOKENS.route}` })],
    [
      'twice',
      () => ({ authorization: `Bearer ${TOKENS.route}`, 'x-grafana-id': `${good()}, ${good()}` }),
    ],
  ])('%s is 403', async (_, headers) => {
    expect((await api.ask('/labels', headers(), LABELS)).status).toBe(403);
    expect((await api.ask('/nowhere', headers())).status).toBe(403);
  });
});

describe('a path that could stand for another', () => {
  const DOTS = [
    '..',
    '.',
    '%2e%2e',
    '%2E%2e',
    '.%2e',
    '%2e',
    '%252e%252e',
    '%25252e%2e',
    '..;',
    '..;a=b',
    '..%00',
    '%c0%ae%c0%ae',
  ];
  const paths = [
    ...DOTS.flatMap((dots) => [`/models/${dots}/audit`, `/models/${dots}`, `/${dots}/v1/audit`]),
    ...['/models/..%2faudit', '/models/..%2Faudit', '/models/..%252faudit', '/models/..%5caudit'],
    ...[
      '/models/..\\audit',
      '\\audit',
      '//audit',
      '/models//audit',
      '/models/%5c..%5caudit',
      '/models/%00',
    ],
    ...['/models/a%2fb', '/models/a%', '/models/%ff', '/models/#/../audit', '/models/\u00e9'],
  ].map((path) => `/api/v1${path}`);

  test.each([...paths, '/metrics/..', '/../metrics', 'http://x/api/v1/audit', '*'])(
    '%s is 400',
    async (path) => {
      const answer = await sendRaw(`http://${api.processor.adminAddress}`, [
        `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKENS.admin}\r\nConnection: close\r\n\r\n`,
      ]);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).not.toContain('entries');
    },
  );

  test('dots that are part of a name, or of the query, are fine', async () => {
    expect((await api.ask('/models/v1..2', 'viewer')).status).toBe(404);
    expect((await api.ask('/models/.hidden', 'viewer')).status).toBe(404);
    expect((await api.ask('/model?name=../a%2f%2e%2e', 'viewer')).body.type).toBe(
      'urn:plumbline:problem:not-found',
    );
  });
});

test('no secret is in a log line, a metric, an answer or the audit', async () => {
  const { processor, grafana } = api;
  const identity = grafana.identity();
  const answers = await Promise.all(
    [`Bearer ${TOKENS.editor}`, `Bearer ${TOKENS.route}x`, `Basic ${TOKENS.admin}`].map(
      (authorization) => api.ask('/labels', { authorization }, { body: { labels: authorization } }),
    ),
  );
  answers.push(await api.ask('/labels', api.proxied(`${identity}x`), LABELS));
  const metrics = await (await fetch(`http://${processor.adminAddress}/metrics`)).text();
  expect(metrics).toContain('plumbline_api_refused_total{reason="identity_signature"}');
  const audit = await rowsOf(store, 'SELECT * FROM ml_audit');
  const output =
    JSON.stringify([answers.map(({ headers }) => [...headers]), audit]) +
    metrics +
    processor.output;
  expect(output).toContain('apiRefused');
  for (const secret of [...Object.values(TOKENS), identity.split('.')[2]!]) {
    expect(output).not.toContain(secret);
  }
});
