import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GRAFANA_VERSIONS } from './build/grafanaPackages';
import { insertGoldenRegistry } from './drive/goldenRegistry';
import { LOOKS, NARROW } from './drive/looks';
import { type BrowserTest, startBrowserTest } from './drive/startBrowserTest';

let started: BrowserTest | undefined;

beforeAll(async () => {
  started = await startBrowserTest(GRAFANA_VERSIONS);
  await insertGoldenRegistry(started);
}, 300_000);
afterAll(async () => {
  await started?.stop();
});

/** Tests run only when everything has started. */
const browser = (): BrowserTest => started!;
const FRAUD = 'model=fraud&environment=production';

describe.each(LOOKS)('Registry in Grafana $version, $theme', (look) => {
  const name = `${look.version}-${look.theme}`;

  test('lists the models as SQL has them, accessibly', async () => {
    const { app, foreign, close } = await browser().open(look);
    await app.goto('registry');
    await app.screenshot(`registry-${name}`);
    const stored = await browser().rows<{ model: string; requests: number }>(
      'SELECT model, toFloat64(sum(requests_24h)) AS requests FROM v_models GROUP BY model',
    );
    const shown = await app.main.getByTestId('registry-row').allInnerTexts();
    expect(shown).toHaveLength(stored.length);
    for (const { model, requests } of stored) {
      const row = shown.find((text) => text.startsWith(model));
      expect(row?.split('\t').map((cell) => cell.replace(/\D/g, ''))).toContain(String(requests));
    }
    expect([app.errors, foreign, await app.seriousViolations()]).toEqual([[], [], []]);
    await close();
  });

  test('shows stages with who, when and why, the card and the deployments', async () => {
    const { app, foreign, close } = await browser().open(look);
    await app.goto(`registry?${FRAUD}`);
    await app.screenshot(`registry-model-${name}`);
    const text = await app.main.innerText();
    for (const part of ['Ada Example', 'better on every segment', 'not for loans', 'payments'])
      expect(text).toContain(part);
    expect(await app.main.getByTestId('stage-change').count()).toBeGreaterThanOrEqual(4);
    expect([app.errors, foreign, await app.seriousViolations()]).toEqual([[], [], []]);
    await close();
  });
});

test('the registry fits a window of 360 pixels', async () => {
  const { app, close } = await browser().open(NARROW);
  await app.goto(`registry?${FRAUD}`);
  await app.screenshot('registry-360');
  expect(await app.overflow()).toBe(0);
  await close();
});

describe('what may be written', () => {
  test('a viewer sees no buttons that write', async () => {
    const { app, close } = await browser().open({ role: 'Viewer' });
    await app.goto(`registry?${FRAUD}`);
    expect(await app.main.getByTestId('version-row').count()).toBeGreaterThan(0);
    const buttons = await app.main.getByRole('button').allInnerTexts();
    expect(buttons.filter((text) => /stage|roll|edit|tell|register/i.test(text))).toEqual([]);
    await close();
  });

  test('an editor rolls back with the check list in view, and promotes again', async () => {
    const { app, close } = await browser().open({ role: 'Editor' });
    const { page } = app;
    await app.goto(`registry?${FRAUD}`);
    await page.getByRole('button', { name: 'Roll back to 2' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByTestId('check-drift').waitFor();
    expect(await app.seriousViolations()).toEqual([]);
    await app.screenshot('registry-rollback');
    await dialog.getByLabel('Why').fill('3 declines too much');
    await dialog.getByRole('button', { name: 'Roll back to 2' }).click();
    await dialog.waitFor({ state: 'detached' });
    await app.settle();
    const stages = await browser().rows(
      "SELECT version, stage FROM v_registry WHERE model = 'fraud' AND version != '' ORDER BY version",
    );
    expect(stages).toEqual([
      { version: '2', stage: 'production' },
      { version: '3', stage: 'archived' },
    ]);
    expect(await app.main.innerText()).toContain('3 declines too much');
    expect(app.errors).toEqual([]);
    await close();
  });

  test('what the API refuses is told in the form, by field', async () => {
    const { app, close } = await browser().open({ role: 'Editor' });
    const { page } = app;
    await app.goto(`registry?${FRAUD}`);
    await page.getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Links').fill('Code = ftp://example');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByTestId('problem-invalid').waitFor();
    expect(await dialog.getByTestId('problem-invalid').innerText()).toContain('/links/Code');
    await dialog.getByLabel('Links').fill('Code = https://git.example/new');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await app.settle();
    expect(await app.main.getByRole('link', { name: 'Code' }).getAttribute('href')).toBe(
      'https://git.example/new',
    );
    await close();
  });

  test('a version that telemetry has not told of is registered by hand', async () => {
    const { app, close } = await browser().open({ role: 'Editor' });
    const { page } = app;
    await app.goto(`registry?${FRAUD}`);
    await page.getByRole('button', { name: 'Register a version' }).click();
    const dialog = page.getByRole('dialog');
    const save = dialog.getByRole('button', { name: 'Save' });
    expect(await save.isDisabled()).toBe(true);
    await dialog.getByLabel('Version').fill(' 4 ');
    await dialog.getByLabel('Description').fill('trained with refunds');
    await app.settle();
    await app.screenshot('registry-version');
    expect(await app.seriousViolations()).toEqual([]);
    await save.click();
    await dialog.waitFor({ state: 'detached' });
    await app.main.getByRole('heading', { name: 'About version 4' }).waitFor();
    // What a row has is looked for within it.
    const heading = page.getByRole('rowheader', { name: '4', exact: true });
    await app.main.getByTestId('version-row').filter({ has: heading }).waitFor();
    const [stored] = await browser().rows(
      "SELECT description, owner FROM v_registry WHERE model = 'fraud' AND version = '4'",
    );
    expect(stored).toEqual({ description: 'trained with refunds', owner: '' });
    expect(app.errors).toEqual([]);
    await close();
  });
});

test('nothing that the pages asked of Grafana was left unanswered', () => {
  expect(browser().host.unknown).toEqual([]);
});
