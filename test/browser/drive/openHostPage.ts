import type { Browser } from 'playwright-core';
import type { BrowserHost } from '../server/startHost';
import { type Visitor, visitorCookies } from '../server/visitor';
import { AppPage } from './appPage';

export interface HostPageOptions extends Partial<Visitor> {
  /** CSS pixels; 1280 × 900 when left out. */
  readonly width?: number;
  readonly height?: number;
}

export interface HostPage {
  readonly app: AppPage;
  /** Requests to anywhere but the host: there must be none. */
  readonly foreign: readonly string[];
  readonly close: () => Promise<void>;
}

/** A fresh browser context on the host, as the visitor that is asked for. */
export async function openHostPage(
  browser: Browser,
  host: BrowserHost,
  { width = 1280, height = 900, ...visitor }: HostPageOptions = {},
): Promise<HostPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: visitor.language ?? 'en-US',
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
  });
  await context.addCookies(
    visitorCookies(visitor).map(([name, value]) => ({ name, value, url: host.url })),
  );
  const page = await context.newPage();
  const foreign: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${host.url}/`) && !/^(data|blob):/.test(url)) foreign.push(url);
  });
  return { app: new AppPage(page, host), foreign, close: () => context.close() };
}
