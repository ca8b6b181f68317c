import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Its libraries are unpacked only where it believes to run in a cloud function. */
const RUNTIME = 'nodejs20.x';
/** One process per tab is enough, and nothing goes out to the network by itself. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--font-render-hinting=none',
];

/**
 * A Chromium that came as a package, so that none needs to be installed; `CHROMIUM_PATH` names another one. It is
 * unpacked once into the temporary directory (2 to 3 s).
 */
export async function openBrowser(): Promise<Browser> {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH !== undefined) {
    if (!existsSync(CHROMIUM_PATH)) throw new Error(`CHROMIUM_PATH: ${CHROMIUM_PATH} is not there`);
    return chromium.launch({ executablePath: CHROMIUM_PATH, args: ARGS });
  }
  process.env.AWS_LAMBDA_JS_RUNTIME ??= RUNTIME;
  const { default: packaged } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await packaged.executablePath(), args: ARGS });
}
