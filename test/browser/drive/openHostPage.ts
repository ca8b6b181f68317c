import type { BrowserContext } from 'playwright-core';
import type { BrowserHost } from '../server/startHost';
import { AppPage } from './appPage';

export interface HostPage {
  readonly app: AppPage;
  /** Requests to anywhere but the host: there must be none. */
  readonly foreign: readonly string[];
  readonly close: () => Promise<void>;
}

/** A fresh page on the host. */
export async function openHostPage(context: BrowserContext, host: BrowserHost): Promise<HostPage> {
  const page = await context.newPage();
  const foreign: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${host.url}/`) && !/^(data|blob):/.test(url)) foreign.push(url);
  });
  const close = async (): Promise<void> => {
    await page.evaluate('localStorage.clear()');
    await page.close();
  };
  return { app: new AppPage(page, host), foreign, close };
}
