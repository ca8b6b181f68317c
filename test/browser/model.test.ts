import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GRAFANA_VERSIONS } from './build/grafanaPackages';
import { until } from '../support/until';
import { addCredit, CREDIT } from './drive/goldenDrift';
import { addFindings, EMPTY_ROWS, emptyCountries } from './drive/goldenFindings';
import { expectSound } from './drive/expectSound';
import { LOOKS, MAIN_LOOK, NARROW } from './drive/looks';
import { type BrowserTest, startBrowserTest } from './drive/startBrowserTest';

let started: BrowserTest | undefined;

beforeAll(async () => {
  started = await startBrowserTest(GRAFANA_VERSIONS, emptyCountries);
  await addFindings(started);
  await addCredit(started);
  const traffic = `SELECT count() AS n FROM v_traffic WHERE model = '${CREDIT.model}'`;
  await started.untilAny(traffic);
}, 300_000);
afterAll(async () => {
  await started?.stop();
});

/** Tests run only when everything has started. */
const browser = (): BrowserTest => started!;

const RANGE = 'from=now-1d&to=now';
const MODEL = `var-tenant=default&var-environment=production&var-model=${encodeURIComponent(CREDIT.model)}&${RANGE}`;
const TABS = ['health', 'drift', 'quality', 'performance'] as const;

describe.each(LOOKS)('Model in Grafana $version, $theme', (look) => {
  test.each(TABS)('%s is there without an error, accessibly', async (tab) => {
    const page = await browser().open(look);
    const { app } = page;
    await app.goto(`model/${tab}?${MODEL}`);
    await app.screenshot(`model-${tab}-${look.version}-${look.theme}`);
    expect(await app.main.getByRole('heading', { level: 1 }).innerText()).toBe(CREDIT.model);
    expect(await app.page.getByTestId('state-failed').count()).toBe(0);
    await expectSound(page);
    await page.close();
  });

  test('two ranges are compared', async () => {
    const page = await browser().open(look);
    const { app } = page;
    await app.goto(`model/drift?${MODEL.replace('now-1d', 'now-6h')}&view=compare`);
    await app.screenshot(`model-compare-${look.version}-${look.theme}`);
    expect(await app.main.getByRole('button', { name: /^amount.*q/s }).count()).toBe(1);
    await expectSound(page);
    await page.close();
  });
});

test.each(TABS)('%s of a model fits a window of 360 pixels', async (tab) => {
  const { app, close } = await browser().open(NARROW);
  await app.goto(`model/${tab}?${MODEL}`);
  await app.screenshot(`model-${tab}-360`);
  expect(await app.overflow()).toBe(0);
  await close();
});

describe('The model page says what SQL says', () => {
  test('of what happened', async () => {
    const { app, close } = await browser().open(MAIN_LOOK);
    // The monitor tells of the first deployment some time: maybe just between the page and the query.
    await until(async () => {
      await app.goto(`model/health?${MODEL}`);
      const [deployed] = await browser().rows<{ n: string }>(
        `SELECT toString(count()) AS n FROM v_model_events WHERE model = '${CREDIT.model}' AND event IN ('deployed', 'stage_changed')`,
      );
      return (await app.main.innerText()).includes(`Deployments: ${deployed!.n}`);
    }, 120_000);
    const shown = await app.main.innerText();
    expect(shown).toContain('Silent changes: 1');
    expect(shown).toContain('Alert fires');
    expect(shown).toContain('answers are half as long as before');
    expect(await app.main.locator('figure').count()).toBe(6);
    await close();
  });

  test('of drift, for the feature that is picked, and keeps it in the address', async () => {
    const { app, close } = await browser().open(MAIN_LOOK);
    await app.goto(`model/drift?${MODEL}`);
    await app.main.getByRole('button', { name: /^amount/ }).click();
    await app.settle();
    expect(new URL(app.page.url()).searchParams.get('feature')).toBe('amount');
    const [stored] = await browser().rows<{ n: string; psi: string }>(
      `SELECT toString(n) AS n, toString(psi) AS psi FROM v_drift WHERE model = '${CREDIT.model}' AND feature = 'amount' AND segment = '' ORDER BY time DESC LIMIT 1`,
    );
    const text = await app.main.innerText();
    const psi = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 }).format(
      Number(stored!.psi),
    );
    expect(text).toContain(psi);
    expect(text).toContain(stored!.n);
    expect(await app.page.getByTestId('drift-sentence').innerText()).toContain('Large effect');
    await close();
  });

  test('of rows that break something, with a way to their traces', async () => {
    const { app, close } = await browser().open(MAIN_LOOK);
    await app.goto(`model/quality?${MODEL}`);
    const row = app.main.getByRole('button', { name: /^Empty text: country/ });
    expect(await row.innerText()).toContain(String(EMPTY_ROWS));
    await row.click();
    await app.settle();
    expect(await app.tableRows()).toHaveLength(EMPTY_ROWS);
    const link = app.main.getByRole('table').first().getByRole('link').first();
    expect(await link.getAttribute('href')).toContain('/model/traces?');
    await close();
  });

  test('of performance', async () => {
    const { app, close } = await browser().open(MAIN_LOOK);
    await app.goto(`model/performance?${MODEL}&metric=roc_auc`);
    const [stored] = await browser().rows<{ value: number }>(
      `SELECT value FROM v_performance WHERE model = '${CREDIT.model}' AND metric = 'roc_auc' AND segment = '' ORDER BY time DESC LIMIT 1`,
    );
    const value = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 }).format(
      stored!.value,
    );
    const row = await app.main.getByRole('row', { name: /ROC/ }).first().innerText();
    expect(row).toContain(value);
    await close();
  });
});

describe('A moment of a model', () => {
  const NOTE = 'the vendor changed its scores';

  test('is annotated by an editor, and marked on the charts at once', async () => {
    const { app, close } = await browser().open({ ...MAIN_LOOK, role: 'Editor' });
    await app.goto(`model/health?${MODEL}`);
    await app.main.getByRole('button', { name: 'Add annotation' }).click();
    const dialog = app.page.getByRole('dialog');
    await dialog.getByLabel('What happened').fill(NOTE);
    await app.settle();
    await app.screenshot('model-annotation');
    expect(await app.seriousViolations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Add annotation' }).click();
    await dialog.waitFor({ state: 'detached' });
    await app.main.getByRole('cell', { name: NOTE }).waitFor();
    const [row] = await browser().rows<{ event: string; actor: string }>(
      `SELECT event, actor FROM v_model_events WHERE model = '${CREDIT.model}' AND text = '${NOTE}'`,
    );
    expect(row).toEqual({ event: 'annotation', actor: 'preview' });
    expect(app.errors).toEqual([]);
    await close();
  });

  test('is not annotated by a viewer', async () => {
    const { app, close } = await browser().open({ ...MAIN_LOOK, role: 'Viewer' });
    await app.goto(`model/health?${MODEL}`);
    expect(await app.main.getByRole('button', { name: 'Add annotation' }).count()).toBe(0);
    expect(app.errors).toEqual([]);
    await close();
  });
});

test('a model that nobody knows, and none at all, are told so', async () => {
  const { app, close } = await browser().open();
  await app.goto('model/drift?var-tenant=default&var-environment=x&var-model=nobody');
  expect(await app.main.innerText()).toContain('Nothing was tested for drift');
  await app.goto('model');
  expect(await app.main.innerText()).toContain('No model is chosen');
  await close();
});

test('nothing that the page asked of Grafana was left unanswered', () => {
  expect(browser().host.unknown).toEqual([]);
});
