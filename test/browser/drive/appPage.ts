import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ARTEFACTS } from '../build/paths';
import { seriousViolations } from './seriousViolations';

/** Where an app is looked at: the browser host or a real Grafana. */
export interface AppAddress {
  readonly url: string;
  readonly pluginId: string;
}

/** For so long nothing may change before a page counts as settled. */
const QUIET_MS = 300;
/** Long: on a busy machine everything takes many times as long, and is right all the same. */
const SETTLE_WITHIN_MS = 120_000;

/** A page of the app, in the browser host or in a real Grafana; `openHostPage.ts` opens one on the host. */
export class AppPage {
  /** Errors of scripts and of the console since the page was opened. */
  readonly errors: string[] = [];
  readonly page: Page;
  private readonly address: AppAddress;

  constructor(page: Page, address: AppAddress) {
    this.page = page;
    this.address = address;
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    page.on('pageerror', (error) => this.errors.push(error.message));
  }

  /** Opens a page of the app by its path below the app, such as `fleet?group=team`, and waits until it has settled. */
  async goto(path: string): Promise<void> {
    const { url, pluginId } = this.address;
    await this.page.goto(`${url}/a/${pluginId}/${path}`);
    await this.settle();
  }

  /** Waits until something is shown, no request is under way and the text stays as it is. */
  async settle(): Promise<void> {
    await this.page.waitForLoadState('load');
    await this.page.waitForFunction(SETTLED, undefined, {
      timeout: SETTLE_WITHIN_MS,
      polling: 50,
    });
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }

  /** The texts of a table's body, row by row, headings of rows included: of the first table, or of the one with this name. */
  async tableRows(name?: string): Promise<string[][]> {
    const table = this.main.getByRole('table', name === undefined ? {} : { name, exact: true });
    const rows = await table.first().locator('tbody tr').all();
    return Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
  }

  /** How far the page is wider than the window, in pixels: 0 where nothing has to be scrolled sideways. */
  async overflow(): Promise<number> {
    return this.page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
  }

  /** Violations of accessibility rules that axe calls serious or critical. */
  seriousViolations(): Promise<string[]> {
    return seriousViolations(this.page);
  }

  /** Keeps a picture of the whole page among the artefacts. */
  async screenshot(name: string): Promise<string> {
    await mkdir(ARTEFACTS, { recursive: true });
    const path = join(ARTEFACTS, `${name}.png`);
    await this.page.screenshot({ path, fullPage: true });
    return path;
  }
}

/** In the page: a text, as the types of the browser are not known here. */
const SETTLED = `(() => {
  const main = document.querySelector('main');
  const text = (main ?? document.body).innerText + document.querySelectorAll('canvas, svg').length;
  const shown = main !== null || document.querySelector('[role="alert"]') !== null;
  const busy = (window.hostPending ?? 0) > 0 || !shown
    || document.querySelector('[aria-busy="true"], [data-testid="Spinner"]') !== null;
  const seen = (window.settling ??= { text: '', since: 0 });
  if (busy || seen.text !== text) window.settling = { text, since: performance.now() };
  return !busy && performance.now() - window.settling.since > ${QUIET_MS};
})()`;
