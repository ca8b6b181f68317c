import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GRAFANA_VERSIONS } from './build/grafanaPackages';
import { expectSound } from './drive/expectSound';
import { HOSTILE_MODEL } from './drive/goldenTelemetry';
import { LOOKS, MAIN_LOOK, NARROW } from './drive/looks';
import { type BrowserTest, startBrowserTest } from './drive/startBrowserTest';

let started: BrowserTest | undefined;

beforeAll(async () => {
  started = await startBrowserTest(GRAFANA_VERSIONS);
}, 300_000);
afterAll(async () => {
  await started?.stop();
});

/** Tests run only when everything has started. */
const browser = (): BrowserTest => started!;

/** Columns of the table. */
const [MODEL, REQUESTS] = [1, 4];

describe.each(LOOKS)('Fleet in Grafana $version, $theme', (look) => {
  test('shows the models as SQL has them, without an error, accessibly', async () => {
    const page = await browser().open(look);
    const { app } = page;
    await app.goto('fleet');
    const shown = await app.tableRows();
    const stored = await browser().rows<{ model: string; requests: string }>(
      'SELECT model, toString(requests_24h) AS requests FROM v_models',
    );
    await app.screenshot(`fleet-${look.version}-${look.theme}`);
    const pairs = shown.map((cells) => [cells[MODEL], cells[REQUESTS]?.replace(/\D/g, '')]);
    expect(pairs.sort()).toEqual(stored.map(({ model, requests }) => [model, requests]).sort());
    await expectSound(page);
    await page.close();
  });
});

test('the fleet fits a window of 360 pixels', async () => {
  const { app, close } = await browser().open(NARROW);
  await app.goto('fleet');
  await app.screenshot('fleet-360');
  expect(await app.overflow()).toBe(0);
  expect(await app.main.innerText()).toContain(HOSTILE_MODEL);
  await close();
});

describe('Fleet', () => {
  test('sorts, searches and groups, and keeps it in the address', async () => {
    const { app, close } = await browser().open(MAIN_LOOK);
    await app.goto('fleet');
    await app.main.getByRole('button', { name: 'Requests' }).click();
    await app.settle();
    const counts = (await app.tableRows()).map((cells) => Number(cells[REQUESTS]));
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(new Set(counts).size).toBeGreaterThan(2);
    await app.main.getByRole('textbox', { name: /^Search models/ }).fill('DROP table');
    await app.settle();
    expect((await app.tableRows()).map((cells) => cells[MODEL])).toEqual([HOSTILE_MODEL]);
    expect(Object.fromEntries(new URL(app.page.url()).searchParams)).toMatchObject({
      sort: 'traffic',
      order: 'desc',
      search: 'DROP table',
    });
    await app.goto('fleet?group=team');
    const groups = await app.main.getByRole('heading', { level: 2 }).allInnerTexts();
    expect(groups.toSorted()).toEqual(['None', 'care', 'risk']);
    expect((await app.tableRows('Models: risk')).map((cells) => cells[MODEL])).toEqual(['fraud']);
    expect(app.errors).toEqual([]);
    await close();
  });

  test('takes a name that is SQL for a name, and links to it', async () => {
    const { app, close } = await browser().open(MAIN_LOOK);
    await app.goto(`fleet?search=${encodeURIComponent(HOSTILE_MODEL)}`);
    const link = app.main.getByRole('link', { name: HOSTILE_MODEL, exact: true });
    const url = new URL((await link.getAttribute('href'))!, app.page.url());
    expect(url.pathname).toMatch(/\/model\/health$/);
    expect(url.searchParams.get('var-model')).toBe(HOSTILE_MODEL);
    expect(url.searchParams.get('var-version')).toBe('"1"');
    await close();
  });

  test('shows a Viewer the same models', async () => {
    const { app, close } = await browser().open({ ...MAIN_LOOK, role: 'Viewer' });
    await app.goto('fleet');
    expect((await app.tableRows()).map((cells) => cells[MODEL])).toContain('fraud');
    expect(app.errors).toEqual([]);
    await close();
  });

  test.each([
    { role: 'Admin', asks: 'Add a ClickHouse data source' },
    { role: 'Viewer', asks: 'Ask an administrator to add a ClickHouse data source' },
  ] as const)('says to the role $role that the data source is missing', async ({ role, asks }) => {
    const { app, close } = await browser().open({ ...MAIN_LOOK, role, dataSource: 'missing' });
    await app.goto('fleet');
    const text = await app.main.innerText();
    expect(text).toContain('No ClickHouse data source');
    expect(text).toContain(asks);
    expect(app.errors).toEqual([]);
    expect(await app.seriousViolations()).toEqual([]);
    await close();
  });

  test('is shown in a browser whose language is none', async () => {
    const { app, close } = await browser().open({ ...MAIN_LOOK, browserLanguage: 'en-US@posix' });
    await app.goto('fleet');
    expect((await app.tableRows()).map((cells) => cells[MODEL])).toContain('fraud');
    expect(app.errors).toEqual([]);
    await close();
  });

  test('speaks German', async () => {
    const { app, close } = await browser().open({ ...MAIN_LOOK, language: 'de-DE' });
    await app.goto('fleet');
    const text = await app.main.innerText();
    expect(text).toContain('Die letzten 24 Stunden aller Modelle, Dringendes zuerst');
    expect(text).toContain('Warum');
    expect(text).toContain('1,1\u00a0%');
    expect(app.errors).toEqual([]);
    await close();
  });
});

test('nothing that the page asked of Grafana was left unanswered', () => {
  expect(browser().host.unknown).toEqual([]);
});
