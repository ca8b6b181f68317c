import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GRAFANA_VERSIONS } from './build/grafanaPackages';
import { insertGoldenReference } from './drive/goldenRegistry';
import { HOSTILE_MODEL } from './drive/goldenTelemetry';
import { LOOKS, NARROW } from './drive/looks';
import { type BrowserTest, startBrowserTest } from './drive/startBrowserTest';

let started: BrowserTest | undefined;

beforeAll(async () => {
  started = await startBrowserTest(GRAFANA_VERSIONS);
  await insertGoldenReference(started);
}, 300_000);
afterAll(async () => {
  await started?.stop();
});

/** Tests run only when everything has started. */
const browser = (): BrowserTest => started!;
const FRAUD = 'var-environment=production&var-model=fraud&var-version=3';

describe.each(LOOKS)('Explain in Grafana $version, $theme', (look) => {
  const name = `${look.version}-${look.theme}`;

  test('ranks the features of a model by what its service sent', async () => {
    const { app, foreign, close } = await browser().open(look);
    await app.goto(`explain?${FRAUD}`);
    await app.screenshot(`explain-model-${name}`);
    const ranked = await app.main
      .getByRole('list', { name: 'Features by importance' })
      .getByRole('listitem')
      .allInnerTexts();
    const [stored] = await browser().rows<{ features: string[] }>(
      "SELECT groupArray(feature) AS features FROM (SELECT feature, avg(abs(value)) AS size FROM v_explanations ARRAY JOIN mapKeys(attributions) AS feature, mapValues(attributions) AS value WHERE model = 'fraud' GROUP BY feature ORDER BY size DESC)",
    );
    expect(ranked.map((text) => text.split('\n')[0])).toEqual(stored!.features);
    expect(await app.main.getByTestId('prediction-row').count()).toBe(50);
    expect([app.errors, foreign, await app.seriousViolations()]).toEqual([[], [], []]);
    await close();
  });

  test('shows what decided in a prediction, against the reference and other outcomes', async () => {
    const { app, foreign, close } = await browser().open(look);
    await app.goto(`explain?${FRAUD}`);
    await app.main.getByTestId('prediction-row').first().getByRole('link').click();
    await app.main.getByTestId('feature-row').first().waitFor();
    await app.settle();
    await app.screenshot(`explain-prediction-${name}`);
    expect(await app.main.getByTestId('feature-row').count()).toBe(3);
    expect(await app.main.getByTestId('nearest-row').count()).toBeGreaterThan(0);
    const picture = app.main.getByRole('img', {
      name: 'What each feature added to the prediction',
    });
    expect(await picture.locator('rect').count()).toBe(2);
    expect([app.errors, foreign, await app.seriousViolations()]).toEqual([[], [], []]);
    await close();
  });
});

test('an explanation fits a window of 360 pixels', async () => {
  const { app, close } = await browser().open(NARROW);
  for (const [part, path] of [
    ['model', `explain?${FRAUD}`],
    ['prediction', 'explain?id=payment-900'],
  ] as const) {
    await app.goto(path);
    await app.screenshot(`explain-${part}-360`);
    expect(await app.overflow()).toBe(0);
  }
  await close();
});

test('a surrogate that is refused says why, for a model whose name is SQL', async () => {
  const { app, close } = await browser().open();
  const query = new URLSearchParams({ 'var-model': HOSTILE_MODEL, 'var-version': '"1"' });
  await app.goto(`explain?var-environment=production&${query.toString()}`);
  expect(await app.main.getByTestId('explanation-refused').innerText()).toMatch(/refused: .*\d/);
  expect(await app.main.getByTestId('prediction-row').count()).toBe(12);
  await app.goto('explain?id=no-such-prediction');
  await app.main.getByTestId('problem-not_found').waitFor();
  await close();
});

test('nothing that the pages asked of Grafana was left unanswered', () => {
  expect(browser().host.unknown).toEqual([]);
});
