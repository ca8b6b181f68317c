import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { RULE_TEMPLATES } from '@plumbline/schemas/rules';
import { type RunningApi, startApi, TOKENS } from '../support/api/startApi';
import { rowsOf } from '../support/clickHouse';

const HOUR = 3_600_000;
let api: RunningApi;
let store: ClickHouseClient;
/** A whole hour, two hours ago. */
let end: number;
beforeAll(async () => {
  api = await startApi();
  store = createClient({ url: api.processor.storeUrl });
  end = Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR;
  // A request a second for five hours; in one hour each third fails. Another tenant fails all the time.
  const start = end - 5 * HOUR;
  const incident = `number >= ${2 * 3600} AND number < ${3 * 3600}`;
  for (const [tenant, failing] of [
    ['ours', `${incident} AND number % 3 = 0`],
    ['theirs', '1'],
  ]) {
    await store.command({
      query: `INSERT INTO ml_inferences (tenant, environment, model, version, time, inference_id, operation, status, sample_weight)
SELECT '${tenant!}', 'prod', 'fraud', 'v1', fromUnixTimestamp64Milli(toInt64(${start})) + toIntervalSecond(number), '${tenant!}' || toString(number), 'predict', if(${failing!}, 'error', 'ok'), 1
FROM numbers(18000)`,
    });
  }
}, 120_000);
afterAll(async () => {
  await store.close();
  await api.stop();
});

const iso = (ms: number): string => new Date(ms).toISOString();
interface Answer {
  readonly alerts: number;
  readonly step_s: number;
  readonly every_s: number;
  readonly complete: boolean;
  readonly instances: number;
  readonly per_week: { readonly expected: number; readonly low: number; readonly high: number };
  readonly firings: readonly Record<string, unknown>[];
}
const backtest = async (body: object, as: 'viewer' | 'other' = 'viewer') => {
  const answer = await api.ask('/alerts/backtest', as, { body });
  return { status: answer.status, body: answer.body, told: answer.body as unknown as Answer };
};

describe('a backtest', () => {
  test('finds the hour of errors, when it began and how long it took', async () => {
    const asked = {
      ...{ template: 'error-rate', values: { rate: 10, minutes: 15 } },
      ...{ from: iso(end - 4 * HOUR), to: iso(end - HOUR), scope: { model: ['fraud'] } },
    };
    const { status, told } = await backtest(asked);
    expect(status).toBe(200);
    expect(told).toMatchObject({ alerts: 1, complete: true, instances: 1, every_s: 60 });
    const [firing] = told.firings as [Record<string, unknown>];
    expect(firing.labels).toEqual({ tenant: 'ours', environment: 'prod', model: 'fraud' });
    expect(firing.open).toBe(false);
    // A third of 15 minutes is beyond a tenth after 4.5 minutes; the alert waits 5 minutes more, and goes on for 10 at the end.
    const from = (Date.parse(firing.from as string) - (end - 3 * HOUR)) / 60_000;
    expect(from).toBeGreaterThanOrEqual(9);
    expect(from).toBeLessThanOrEqual(14);
    const to = (Date.parse(firing.to as string) - (end - 2 * HOUR)) / 60_000;
    expect(to).toBeGreaterThanOrEqual(15);
    expect(to).toBeLessThanOrEqual(26);
    expect(firing.worst).toBeCloseTo(100 / 3, 0);
    const weeks = 3 / (24 * 7);
    expect(told.per_week.expected * weeks).toBeCloseTo(1, 1);
    expect(told.per_week.low * weeks).toBeCloseTo(0.025, 2);
    expect(told.per_week.high * weeks).toBeCloseTo(5.57, 1);
  });

  test('sees the rows of the own tenant only, whatever the scope says', async () => {
    const asked = { template: 'error-rate', from: iso(end - HOUR), to: iso(end - HOUR / 2) };
    expect((await backtest(asked)).told.alerts).toBe(0);
    const theirs = await backtest(asked, 'other');
    expect(theirs.told).toMatchObject({ alerts: 1, firings: [{ open: true, worst: 100 }] });
    const forced = { ...asked, scope: { tenant: ['theirs'] } };
    expect((await backtest(forced)).body).toMatchObject({
      status: 400,
      errors: [{ field: '/scope/tenant' }],
    });
  });

  test('a long range is evaluated less often, and says so', async () => {
    const asked = {
      template: 'no-traffic',
      from: iso(end - 60 * 24 * HOUR),
      to: iso(end),
      for: '0s',
    };
    const { told } = await backtest(asked);
    expect(told.step_s).toBeGreaterThan(told.every_s);
    expect(told.step_s % told.every_s).toBe(0);
  });

  test('every template that is about models can be replayed', async () => {
    const told = RULE_TEMPLATES.filter(({ scope }) => scope.includes('tenant'));
    expect(told.length).toBeGreaterThan(10);
    for (const { id: template, everySeconds } of told) {
      const answer = await backtest({
        template,
        from: iso(end - everySeconds * 1000),
        to: iso(end),
      });
      expect([template, answer.status]).toEqual([template, 200]);
    }
  }, 180_000);

  test.each<[string, object, string]>([
    ['a template that is none', { template: 'x' }, '/template'],
    ['one without history', { template: 'clickhouse-disk' }, '/template'],
    ['a value out of bounds', { template: 'error-rate', values: { rate: 101 } }, '/values/rate'],
    ['a parameter that is none', { template: 'error-rate', values: { x: 1 } }, '/values/x'],
    ['SQL for a number', { template: 'error-rate', values: { rate: '1 OR 1' } }, '/values/rate'],
    ['a duration that is none', { template: 'error-rate', for: '5 minutes' }, '/for'],
    ['a range of years', { template: 'error-rate', from: '2020-01-01T00:00:00Z' }, '/from'],
    ['an empty range', { template: 'error-rate', from: '2030-01-01T00:00:00Z' }, '/from'],
  ])('%s is refused', async (_, body, field) => {
    expect((await backtest(body)).body).toMatchObject({ status: 400, errors: [{ field }] });
  });

  test('quotes are only quotes', async () => {
    const asked = { template: 'error-rate', scope: { model: ["'; DROP TABLE ml_models --"] } };
    expect(
      (await backtest({ ...asked, from: iso(end - 120_000), to: iso(end) })).told,
    ).toMatchObject({
      alerts: 0,
      instances: 0,
    });
  });

  test('it changes nothing and is no write', async () => {
    expect(
      await rowsOf(store, "SELECT count() AS n FROM ml_audit WHERE action LIKE '%backtest%'"),
    ).toEqual([{ n: 0 }]);
  });
});

describe('what a contact point of Grafana sends', () => {
  const starts = '2026-11-20T10:00:00Z';
  const alert = {
    status: 'firing',
    labels: {
      ...{ alertname: 'Model drift', grafana_folder: 'Plumbline' },
      ...{ environment: 'prod', model: 'fraud', version: 'v1', tenant: 'theirs' },
    },
    annotations: { summary: 'prod/fraud drifts' },
    startsAt: starts,
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://localhost:3000/alerting/grafana/plumbline-model-drift/view?orgId=1',
    fingerprint: '57c6d9296de2ad39',
    silenceURL: '',
    values: { A: 1.5, C: 1 },
    valueString: '',
    orgId: 1,
  };
  /** As the webhook of Grafana 12.4 has it. */
  const webhook = (...alerts: object[]) => ({
    ...{ receiver: 'plumbline', status: 'firing', alerts, groupLabels: {}, commonLabels: {} },
    ...{ commonAnnotations: {}, externalURL: '', appVersion: '12.4.0', version: '1' },
    ...{ groupKey: '{}', truncatedAlerts: 0, orgId: 1, title: '', state: 'alerting', message: '' },
  });
  const send = (body: unknown) =>
    fetch(`http://${api.processor.adminAddress}/api/v1/alerts/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKENS.editor}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const stored = () =>
    rowsOf<Record<string, unknown>>(
      store,
      `SELECT tenant, environment, model, version, rule_uid, rule, state, labels['alertname'] AS name, evidence,
  toUnixTimestamp64Milli(time) AS at, toUnixTimestamp64Milli(starts_at) AS starts, toUnixTimestamp64Milli(ends_at) AS ends
FROM v_alert_events ORDER BY time, state`,
    );

  test('each change of state counts once; 204 comes without a content type', async () => {
    const ended = { ...alert, status: 'resolved', endsAt: '2026-11-20T11:00:00Z' };
    for (const body of [webhook(alert), webhook(alert), webhook(ended)]) {
      const answer = await send(body);
      expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
        204,
        null,
        '',
      ]);
    }
    const common = {
      ...{ tenant: 'ours', environment: 'prod', model: 'fraud', version: 'v1' },
      ...{ rule_uid: 'plumbline-model-drift', rule: 'Model drift', name: 'Model drift' },
      ...{ starts: Date.parse(starts) },
    };
    const at = (time: string) => Date.parse(time);
    expect(await stored()).toEqual([
      expect.objectContaining({ ...common, state: 'firing', at: at(starts), ends: null }),
      expect.objectContaining({
        ...{ ...common, state: 'resolved' },
        ...{ at: at(ended.endsAt), ends: at(ended.endsAt) },
      }),
    ]);
    const [first] = await stored();
    expect(JSON.parse(first!.evidence as string)).toEqual({
      values: alert.values,
      annotations: alert.annotations,
    });
  });

  test('no data and errors are states of their own', async () => {
    const labels = { alertname: 'DatasourceNoData', rulename: 'No traffic', model: 'other' };
    await send(webhook({ ...alert, labels, values: null, fingerprint: 'x', ruleUID: 'uid-1' }));
    expect((await stored()).find(({ model }) => model === 'other')).toMatchObject({
      ...{ state: 'no_data', rule: 'No traffic', rule_uid: 'uid-1' },
    });
  });

  test('what is no webhook is refused with its field', async () => {
    for (const [body, field] of [
      [{}, '/alerts'],
      [webhook({ ...alert, status: 'odd' }), '/alerts/0/status'],
      [webhook({ ...alert, startsAt: 'now' }), '/alerts/0/startsAt'],
    ] as const) {
      const answer = await send(body);
      expect(answer.status).toBe(400);
      expect(((await answer.json()) as { errors: { field: string }[] }).errors[0]!.field).toBe(
        field,
      );
    }
  });
});
