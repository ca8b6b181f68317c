import type { Browser, BrowserContext } from 'playwright-core';
import { type Visitor, visitorCookies } from '../server/visitor';

export interface ContextOptions extends Partial<Visitor> {
  /** CSS pixels; 1280 × 900 when left out. */
  readonly width?: number;
  readonly height?: number;
  /** What the browser calls its language, proper or not; that of the visitor when left out. */
  readonly browserLanguage?: string;
}

/** What a page does may take so long on a busy machine. */
const WITHIN_MS = 120_000;

async function newContext(
  browser: Browser,
  url: string,
  { width = 1280, height = 900, browserLanguage, ...visitor }: ContextOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: visitor.language ?? 'en-US',
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
  });
  context.setDefaultTimeout(WITHIN_MS);
  await context.addCookies(visitorCookies(visitor).map(([name, value]) => ({ name, value, url })));
  if (browserLanguage === undefined) return context;
  // Set in the page: no browser lets itself be started with a language that is none.
  const value = JSON.stringify(browserLanguage);
  await context.addInitScript(`
    Object.defineProperty(Navigator.prototype, 'language', { get: () => ${value}, configurable: true });
    Object.defineProperty(Navigator.prototype, 'languages', { get: () => [${value}], configurable: true });`);
  return context;
}

/**
 * The context of everybody who looks in one way, made once: what one page loaded and compiled, the next one has at once, which
 * is most of the time that a page takes. Pages must leave nothing in their storage.
 */
export function browserContexts(
  browser: Browser,
  url: string,
): (options: ContextOptions) => Promise<BrowserContext> {
  const made = new Map<string, Promise<BrowserContext>>();
  return (options) => {
    const key = JSON.stringify(Object.entries(options).toSorted());
    const context = made.get(key) ?? newContext(browser, url, options);
    made.set(key, context);
    return context;
  };
}
