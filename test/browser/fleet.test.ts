import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GRAFANA_VERSIONS } from './build/grafanaPackages';
import { HOSTILE_MODEL } from './drive/goldenTelemetry';
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

const THEMES = ['dark', 'light'] as const;
const looks = GRAFANA_VERSIONS.flatMap((version) =>
  THEMES.map((theme) => ({ version, theme }) as const),
);

describe.each(looks)('Fleet in Grafana $version, $theme', ({ version, theme }) => {
  test('shows the models as SQL has them, without an error, accessibly', async () => {
    const { app, foreign, close } = await browser().open({ version, theme });
    await app.goto('fleet');
    const shown = await app.tableRows();
    const stored = await browser().rows<{ model: string; requests: string }>(
      'SELECT model, toString(requests_24h) AS requests FROM v_models',
    );
    await app.screenshot(`fleet-${version}-${theme}`);
    expect(shown).toHaveLength(stored.length);
    for (const { model, requests } of stored) {
      const row = shown.find((cells) => cells.some((cell) => cell.includes(model)));
      expect(row?.map((cell) => cell.replace(/\D/g, ''))).toContain(requests);
    }
    expect(app.errors).toEqual([]);
    expect(foreign).toEqual([]);
    expect(await app.seriousViolations()).toEqual([]);
    await close();
  });

  test('fits a window of 360 pixels', async () => {
    const { app, close } = await browser().open({ version, theme, width: 360, height: 740 });
    await app.goto('fleet');
    await app.screenshot(`fleet-${version}-${theme}-360`);
    expect(await app.overflow()).toBe(0);
    expect(await app.main.innerText()).toContain(HOSTILE_MODEL);
    await close();
  });
});

test('nothing that the page asked of Grafana was left unanswered', () => {
  expect(browser().host.unknown).toEqual([]);
});
