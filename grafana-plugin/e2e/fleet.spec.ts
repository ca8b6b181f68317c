import { expect, test } from '@grafana/plugin-e2e';
import { AppPage } from '../../test/browser/drive/appPage';

const { GRAFANA_URL } = process.env;
const APP = 'plumbline-modelhealth-app';

test.skip(
  GRAFANA_URL === undefined,
  'GRAFANA_URL is not set: these specs need a Grafana with the app and its ClickHouse data source',
);

test('the fleet opens without an error and accessibly', async ({ page }) => {
  const app = new AppPage(page, { url: GRAFANA_URL!, pluginId: APP });
  await app.goto('fleet');
  await expect(app.main.getByRole('heading', { level: 1 })).toBeVisible();
  await app.screenshot('grafana-fleet');
  expect(app.errors).toEqual([]);
});

test('the fleet fits a window of 360 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const app = new AppPage(page, { url: GRAFANA_URL!, pluginId: APP });
  await app.goto('fleet');
  expect(await app.overflow()).toBe(0);
});
