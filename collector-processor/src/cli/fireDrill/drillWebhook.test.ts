import { FIRE_DRILL_TENANT } from '@plumbline/schemas/rules';
import { openDrillWebhook, readNotification } from './drillWebhook';

const alert = (labels: Record<string, string>, status = 'firing') => ({
  status,
  labels: { alertname: 'Drift of a model', ...labels },
  annotations: { summary: 'fire-drill drifts' },
  startsAt: '2026-11-21T12:00:00Z',
});
const DRILL = { tenant: FIRE_DRILL_TENANT, model: 'fire-drill' };
const body = (...alerts: object[]): string =>
  JSON.stringify({ title: 'FIRING', appVersion: '12.4.0', alerts });

test.each([
  [body(alert(DRILL)), '"fire-drill drifts" came from Grafana 12.4.0'],
  [
    body(alert({ tenant: 'default' }), alert(DRILL)),
    '"fire-drill drifts" came from Grafana 12.4.0',
  ],
  [body(alert(DRILL, 'resolved')), undefined],
  [body(alert({ ...DRILL, tenant: 'default' })), undefined],
  [body(), undefined],
  ['{"alerts":[{}]}', undefined],
  ['[', undefined],
])('%s says %s', (text, said) => {
  expect(readNotification(text)).toBe(said);
});

test('only its own path takes calls, and the first one about the drill counts', async () => {
  const webhook = await openDrillWebhook({ host: '127.0.0.1', port: 0 });
  try {
    const call = async (url: string, text: string): Promise<number> =>
      (await fetch(url, { method: 'POST', body: text })).status;
    expect(await call(`${webhook.origin}/`, body(alert(DRILL)))).toBe(404);
    expect(await call(webhook.url, 'x'.repeat(2 * 1024 * 1024))).toBe(413);
    expect(await call(webhook.url, body(alert({ tenant: 'default' })))).toBe(204);
    expect(webhook.called()).toBeUndefined();
    expect(await call(webhook.url, body(alert(DRILL)))).toBe(204);
    const first = webhook.called();
    expect(first?.text).toContain('fire-drill drifts');
    await call(webhook.url, body(alert(DRILL)));
    expect(webhook.called()).toBe(first);
  } finally {
    await webhook.close();
  }
});

test('what is told to Grafana is the public address, with the secret path', async () => {
  const webhook = await openDrillWebhook({
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'https://drill.example/',
  });
  await webhook.close();
  expect(webhook.origin).toBe('https://drill.example');
  expect(webhook.url).toMatch(/^https:\/\/drill\.example\/[\w-]{32}$/);
});
