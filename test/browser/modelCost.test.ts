import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GRAFANA_VERSIONS } from './build/grafanaPackages';
import type { AppPage } from './drive/appPage';
import { expectSound } from './drive/expectSound';
import { HOSTILE_MODEL } from './drive/goldenTelemetry';
import { LOOKS, MAIN_LOOK, NARROW } from './drive/looks';
import { type BrowserTest, startBrowserTest } from './drive/startBrowserTest';
import { addTestedFeatures, breakChecks, tracedCalls, UNUSUAL_TRACE } from './drive/tracedCalls';

let started: BrowserTest | undefined;

beforeAll(async () => {
  started = await startBrowserTest(GRAFANA_VERSIONS, tracedCalls);
  await breakChecks(started.client);
  await addTestedFeatures(started.client);
}, 300_000);
afterAll(async () => {
  await started?.stop();
});

/** Tests run only when everything has started. */
const browser = (): BrowserTest => started!;

const TABS = ['cost', 'traces', 'versions', 'lineage'] as const;

const address = (tab: string, model: string, more = ''): string =>
  `model/${tab}?var-tenant=default&var-environment=production&var-model=${encodeURIComponent(model)}${more}`;

const digits = (text: string): string => text.replace(/\D/g, '');

/** The texts of the rows of a table that has this name. */
const rowsIn = async (app: AppPage, name: string): Promise<string[][]> => {
  const rows = await app.main.getByRole('table', { name }).locator('tbody tr').all();
  return Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
};

/** What each tab shows of which model. */
const PAGES = {
  cost: { path: address('cost', 'gpt-5-mini', '&by=team'), shows: 'discovery' },
  traces: { path: address('traces', 'fraud', `&trace=${UNUSUAL_TRACE}`), shows: 'POST /pay' },
  versions: { path: address('versions', 'fraud', '&reference=3'), shows: 'Compared with' },
  lineage: { path: address('lineage', 'fraud'), shows: 'warehouse.payments' },
} as const;

describe.each(LOOKS)('A model in Grafana $version, $theme', (look) => {
  test.each(TABS)('%s is there without an error, accessibly', async (tab) => {
    const page = await browser().open(look);
    const { app } = page;
    await app.goto(PAGES[tab].path);
    await app.screenshot(`model-${tab}-${look.version}-${look.theme}`);
    expect(await app.main.innerText()).toContain(PAGES[tab].shows);
    await expectSound(page);
    await page.close();
  });
});

test.each(TABS)('%s of a model fits a window of 360 pixels', async (tab) => {
  const { app, close } = await browser().open(NARROW);
  await app.goto(PAGES[tab].path);
  await app.screenshot(`model-${tab}-360`);
  expect(await app.overflow()).toBe(0);
  await close();
});

describe('A model', () => {
  test('costs what SQL says, by bucket and by whom it was spent for', async () => {
    const { app, close } = await browser().open(MAIN_LOOK);
    await app.goto(address('cost', 'gpt-5-mini', '&by=team'));
    const stored = await browser().rows<{ team: string; requests: string }>(
      `SELECT team, toString(sum(requests)) AS requests FROM v_traffic
WHERE model = 'gpt-5-mini' AND time > now() - INTERVAL 24 HOUR GROUP BY team`,
    );
    const shown = await rowsIn(app, 'Cost by who it was spent for');
    expect(stored.map(({ team }) => team).sort()).toEqual(['care', 'discovery']);
    for (const { team, requests } of stored) {
      const row = shown.find(([name]) => name === team);
      expect(row?.map(digits)).toContain(requests);
    }
    const buckets = (await rowsIn(app, 'Tokens and cost by token bucket')).map(([name]) => name);
    expect(buckets).toEqual(expect.arrayContaining(['Input', 'Output', 'Read from cache']));
    const forecast = await rowsIn(app, 'Cost of the running month by team');
    expect(forecast.flat().join(' ')).toMatch(/care \$[\d.]+ \$[\d.]+ \$[\d.]+ to \$[\d.]+/);
    expect(app.errors).toEqual([]);
    await close();
  });

  test('names what has no price', async () => {
    const { app, close } = await browser().open(MAIN_LOOK);
    await app.goto(address('cost', 'acme-support-13b'));
    const [row] = await rowsIn(app, 'Models without a price');
    expect(row).toEqual(expect.arrayContaining(['acme-support-13b', 'acme', 'support']));
    await close();
  });

  test('leads to the traces of its calls', async () => {
    const { app, close } = await browser().open(MAIN_LOOK);
    await app.goto(address('traces', 'fraud', '&calls=unusual'));
    const [first] = await rowsIn(app, 'Calls with their traces');
    expect(first?.join(' ')).toContain('range:amount, missing:age_days');
    await app.main
      .getByRole('button', { name: /^Show the trace/ })
      .first()
      .click();
    await app.settle();
    expect(new URL(app.page.url()).searchParams.get('trace')).toBe(UNUSUAL_TRACE);
    const spans = app.main.getByRole('table', { name: 'Spans of the trace' });
    expect(await spans.getByRole('button').allInnerTexts()).toEqual([
      'POST /pay',
      'score',
      'SELECT features',
    ]);
    expect(await spans.innerText()).toContain('warehouse.payments');
    const explore = app.main.getByRole('link', { name: 'Explore' }).first();
    expect(await explore.getAttribute('href')).toContain(UNUSUAL_TRACE);
    expect(app.errors).toEqual([]);
    await close();
  });

  test('shows its versions side by side', async () => {
    const { app, close } = await browser().open(MAIN_LOOK);
    await app.goto(address('versions', 'fraud', '&reference=3'));
    const stored = await browser().rows<{ version: string; requests: string }>(
      `SELECT version, toString(sum(requests)) AS requests FROM v_traffic
WHERE model = 'fraud' AND time > now() - INTERVAL 24 HOUR GROUP BY version ORDER BY version DESC`,
    );
    expect(stored.map((row) => row.version)).toEqual(['3', '2']);
    const calls = (await rowsIn(app, 'Versions side by side')).find(([name]) => name === 'Calls');
    expect(calls?.map((cell) => digits(cell.split('\n')[0] ?? '')).slice(1)).toEqual(
      stored.map(({ requests }) => requests),
    );
    expect(app.errors).toEqual([]);
    await close();
  });

  test('shows where it comes from and who uses it', async () => {
    const { app, close } = await browser().open(MAIN_LOOK);
    await app.goto(address('lineage', 'fraud'));
    const rows = await rowsIn(app, 'Data, features, versions and services of the model');
    const parts = rows.map(([part, name]) => `${part}: ${name}`);
    expect(parts).toEqual(
      expect.arrayContaining([
        'Data: warehouse.payments',
        'Features: amount',
        'Features: country',
        'Model: Version 3',
        'Model: Version 2',
        'Services: payments',
      ]),
    );
    expect(app.errors).toEqual([]);
    await close();
  });
});

describe('Whoever may not open Explore', () => {
  test('sees the trace in the app, and no link that leads nowhere', async () => {
    const { app, close } = await browser().open({ role: 'Viewer' });
    await app.goto(address('traces', 'fraud', `&trace=${UNUSUAL_TRACE}`));
    expect(await app.main.getByRole('table', { name: 'Spans of the trace' }).innerText()).toContain(
      'POST /pay',
    );
    expect(await app.main.getByRole('link', { name: 'Explore' }).count()).toBe(0);
    await close();
  });
});

test.each(TABS)('%s takes a name that is SQL for a name, and a trace that is none', async (tab) => {
  const { app, close } = await browser().open();
  await app.goto(address(tab, HOSTILE_MODEL, `&trace=${encodeURIComponent("' OR 1 --")}`));
  expect(await app.main.innerText()).not.toMatch(/Code: \d+|Syntax error/);
  expect(app.errors).toEqual([]);
  await close();
});

test('nothing that the page asked of Grafana was left unanswered', () => {
  expect(browser().host.unknown).toEqual([]);
});
