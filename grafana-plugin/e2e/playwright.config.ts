import { defineConfig } from '@playwright/test';

/** `npm run e2e -w grafana-plugin`, with `GRAFANA_URL` set to a Grafana that has the app and ClickHouse. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../coverage/e2e',
  reporter: 'list',
  timeout: 60_000,
  use: {
    baseURL: process.env.GRAFANA_URL ?? 'http://localhost:3000',
    locale: 'en-US',
    httpCredentials: {
      username: process.env.GRAFANA_USER ?? 'admin',
      password: process.env.GRAFANA_PASSWORD ?? 'admin',
      send: 'always',
    },
  },
});
