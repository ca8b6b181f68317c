import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GRAFANA_VERSIONS } from './build/grafanaPackages';
import { expectSound } from './drive/expectSound';
import { goldenAlerts } from './drive/goldenAlerts';
import { LOOKS, MAIN_LOOK, NARROW } from './drive/looks';
import { type BrowserTest, startBrowserTest } from './drive/startBrowserTest';

let started: BrowserTest | undefined;

beforeAll(async () => {
  started = await startBrowserTest(GRAFANA_VERSIONS);
  const values = goldenAlerts(Date.now());
  await started.client.insert({ table: 'ml_alert_events', values, format: 'JSONEachRow' });
}, 300_000);
afterAll(async () => {
  await started?.stop();
});

/** Tests run only when everything has started. */
const browser = (): BrowserTest => started!;

interface Backtest {
  readonly alerts: number;
  readonly complete: boolean;
  readonly firings: readonly object[];
}

const NEW = 'alerts/new?template=error-rate&model=gpt-5-mini&values=rate:1,minutes:1440';

test('a rule is made from a template, paused and deleted', async () => {
  const { app, foreign, close } = await browser().open(MAIN_LOOK);
  const { page, main } = app;
  await app.goto(NEW);
  // The preview says what SQL says.
  const [row] = await browser().rows<{ failed: string; called: string }>(
    "SELECT toString(sum(errors)) AS failed, toString(sum(requests)) AS called FROM v_traffic WHERE model = 'gpt-5-mini' AND time > now() - INTERVAL 1 DAY",
  );
  const preview = main.getByTestId('preview').locator('tbody tr');
  await preview.first().waitFor();
  expect(await preview.count()).toBe(1);
  expect(await preview.locator('td').allInnerTexts()).toEqual(
    expect.arrayContaining(['gpt-5-mini', row!.failed, row!.called]),
  );
  await main.getByRole('radio', { name: '1 d' }).check();
  // How far a backtest comes depends on the machine: what is shown is what the API answered.
  const answered = page.waitForResponse((response) => response.url().endsWith('/backtest'));
  await main.getByRole('button', { name: 'When would it have fired?' }).click();
  const told = (await (await answered).json()) as Backtest;
  const summary = main.getByTestId('backtest-summary');
  await summary.waitFor();
  await app.screenshot('alerts-backtest');
  expect(await summary.innerText()).toContain(`Alerts: ${told.alerts},`);
  expect(await main.getByTestId('backtest').locator('tbody tr').count()).toBe(told.firings.length);
  expect(await main.getByText('Time ran out').count()).toBe(told.complete ? 0 : 1);
  const folder = main.getByLabel('Folder');
  await folder.click();
  await page.getByRole('option', { name: 'Models' }).click();
  const title = 'Errors of a chat';
  await main.getByLabel('Name', { exact: true }).fill(title);
  await app.settle();
  await app.screenshot('alerts-filled');
  expect(await app.seriousViolations()).toEqual([]);
  await main.getByRole('button', { name: 'Create rule' }).click();
  const rule = main.getByTestId('rule-row').filter({ hasText: title });
  await rule.waitFor();
  await app.settle();
  await app.screenshot('alerts-made');
  expect(await app.seriousViolations()).toEqual([]);
  expect(await main.getByTestId('alert-events').locator('tbody tr').count()).toBe(3);
  await rule.getByRole('button', { name: `Edit ${title}` }).click();
  await main.getByLabel('Failed calls above').fill('2');
  await main.getByRole('button', { name: 'Save rule' }).click();
  await rule.waitFor();
  await rule.getByRole('button', { name: `Pause ${title}` }).click();
  await rule.getByText('Paused').waitFor();
  await rule.getByRole('button', { name: `Delete ${title}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await rule.waitFor({ state: 'detached' });
  expect(app.errors).toEqual([]);
  expect(foreign).toEqual([]);
  await close();
});

describe.each(LOOKS)('Alerts in Grafana $version, $theme', (look) => {
  const name = `${look.version}-${look.theme}`;

  test('rules, their history and the form are there without an error, accessibly', async () => {
    const page = await browser().open(look);
    const { app } = page;
    await app.goto('alerts');
    await app.screenshot(`alerts-${name}`);
    expect(await app.main.getByTestId('alert-events').locator('tbody tr').count()).toBe(3);
    await expectSound(page);
    await app.goto(NEW);
    await app.main.getByTestId('preview').locator('tbody tr').first().waitFor();
    await app.screenshot(`alerts-new-${name}`);
    expect(await app.main.getByLabel('Folder').count()).toBe(1);
    await expectSound(page);
    await page.close();
  });

  test('set-up finds everything in order', async () => {
    const page = await browser().open(look);
    const { app } = page;
    await app.goto('setup');
    await app.screenshot(`setup-${name}`);
    const checks = await app.main.getByTestId('check').all();
    const states = await Promise.all(checks.map((check) => check.getAttribute('data-state')));
    const [monitor] = await browser().rows<{ n: number }>(
      'SELECT toUInt32(count()) AS n FROM v_baselines',
    );
    const watched = monitor!.n > 0 ? 'ok' : 'waiting';
    expect(states).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', watched]);
    await expectSound(page);
    await page.close();
  });
});

test.each(GRAFANA_VERSIONS)(
  'a panel of events, the menu of panels and the badge in Grafana %s',
  async (version) => {
    const { app, close } = await browser().open({ version });
    const sql = "SELECT * FROM v_alert_events WHERE model = 'fraud' ORDER BY time DESC";
    const panel = { panel: 'plumbline-alerts-panel', options: '{"show":"events"}', sql };
    await app.goto(`../trial?${new URLSearchParams(panel).toString()}`);
    await app.screenshot(`alerts-panel-${version}`);
    expect(await app.main.getByTestId('alert-events').locator('tbody tr').count()).toBe(1);
    const link = app.main.getByRole('link', { name: 'Model health' });
    expect(await link.getAttribute('href')).toContain('/a/plumbline-modelhealth-app/');
    const [model] = await browser().rows<{ status: string }>(
      "SELECT status FROM v_models WHERE model = 'fraud' AND version = '3'",
    );
    expect(model!.status).not.toBe('');
    expect((await app.main.getByTestId('badge').innerText()).trim()).not.toBe('');
    await app.goto('../trial?sql=SELECT%201');
    expect(await app.main.getByRole('link', { name: 'Model health' }).count()).toBe(0);
    expect(app.errors).toEqual([]);
    await close();
  },
);

const PANELS = ['plumbline-drift-panel', 'plumbline-explain-panel', 'plumbline-models-panel'];

test.each([
  ...PANELS.map((panel) => ({ panel, options: '{}' })),
  { panel: 'plumbline-drift-panel', options: '{"view":"distribution"}' },
  { panel: 'plumbline-alerts-panel', options: '{"show":"events"}' },
])('the panel $panel says that its query failed, and why', async (asked) => {
  const { app, close } = await browser().open(MAIN_LOOK);
  const sql = 'SELECT * FROM no_such_table';
  await app.goto(`../trial?${new URLSearchParams({ ...asked, sql }).toString()}`);
  expect(await app.main.getByTestId('state-failed').innerText()).toContain('no_such_table');
  await close();
});

test.each(PANELS)('the panel %s says what its query must return', async (panel) => {
  const { app, close } = await browser().open(MAIN_LOOK);
  const sql = 'SELECT 1 AS one WHERE one = 2';
  await app.goto(`../trial?${new URLSearchParams({ panel, sql }).toString()}`);
  expect(await app.main.innerText()).toContain('The query must return');
  expect(await app.main.getByTestId('state-failed').count()).toBe(0);
  expect(app.errors).toEqual([]);
  await close();
});

test.each(['alerts', NEW, 'setup'])('%s fits a window of 360 pixels', async (path) => {
  const { app, close } = await browser().open(NARROW);
  await app.goto(path);
  await app.screenshot(`${path.replace(/\W.*/, '')}-${path === NEW ? 'new-' : ''}360`);
  expect(await app.overflow()).toBe(0);
  await close();
});

test('a Viewer sees rules, and nothing that he may not do', async () => {
  const { app, close } = await browser().open({ role: 'Viewer' });
  await app.goto('alerts');
  expect(await app.main.getByRole('link', { name: 'New alert rule' }).count()).toBe(0);
  await app.goto(NEW);
  expect(await app.main.getByTestId('state-no-permission').count()).toBe(1);
  expect(await app.main.getByRole('button', { name: 'Create rule' }).count()).toBe(0);
  expect(app.errors).toEqual([]);
  await close();
});

test('nothing that the pages asked of Grafana was left unanswered', () => {
  expect(browser().host.unknown).toEqual([]);
});
