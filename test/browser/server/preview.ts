import { createServer, type Server } from 'node:http';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildHost } from '../build/buildHost';
import { buildPlugin } from '../build/buildPlugin';
import { startHost } from './startHost';

/**
 * The process behind `npm run demo` that shows the app without a Grafana: it takes a port at once, tells it to its parent,
 * and builds what it shows only when the demo has its first rows, at low priority, so as not to delay them.
 */
export interface PreviewSettings {
  readonly clickhouseUrl: string;
  readonly apiUrl: string;
  readonly apiToken: string;
}

export type PreviewMessage = { readonly url: string } | { readonly ready: true };

const FIRST_PORT = 3000;
const TRIED_PORTS = 20;
const NOTICE =
  'Preview: the Plumbline app on its own, with the packages of Grafana and live demo data. Not a Grafana: alert rules are kept in memory and never fire; time series and tables are drawn by stand-ins.';
const POLL_MS = 1000;
const LOWEST_PRIORITY = 19;

const placeholder = (text: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<title>Plumbline preview</title></head><body><main><h1>Plumbline preview</h1><p>${text}</p></main></body></html>`;

const listenOn = (server: Server, port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(true);
    });
  });

/** The port that is wanted, or the next free one. */
async function takePort(server: Server): Promise<number> {
  for (let port = FIRST_PORT; port < FIRST_PORT + TRIED_PORTS; port++) {
    if (await listenOn(server, port)) return port;
  }
  throw new Error(`no free port from ${FIRST_PORT} to ${FIRST_PORT + TRIED_PORTS - 1}`);
}

const release = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });

async function untilFirstRows(clickhouseUrl: string): Promise<void> {
  const body = 'SELECT count() > 0 FROM ml_inferences';
  for (;;) {
    const answer = await fetch(clickhouseUrl, { method: 'POST', body }).then(
      (response) => response.text(),
      () => '',
    );
    if (answer.trim() === '1') return;
    await sleep(POLL_MS);
  }
}

async function main(settings: PreviewSettings): Promise<void> {
  const tell = (message: PreviewMessage): void => {
    process.send?.(message);
  };
  let text =
    'Waiting for the first rows, then building the pages. This page loads again by itself.';
  const waiting = createServer((_request, response) => {
    response.writeHead(503, { 'content-type': 'text/html; charset=utf-8' });
    response.end(placeholder(text));
  });
  const port = await takePort(waiting);
  tell({ url: `http://127.0.0.1:${port}` });
  try {
    await untilFirstRows(settings.clickhouseUrl);
    setPriority(LOWEST_PRIORITY);
    text = 'Building the pages: half a minute the first time.';
    const pluginDist = await buildPlugin();
    const build = await buildHost('13');
    setPriority(0);
    await release(waiting);
    await startHost({ ...settings, builds: [build], pluginDist, port, notice: NOTICE });
    tell({ ready: true });
  } catch (error) {
    text = 'The pages could not be built; the demo itself goes on. The terminal says why.';
    console.error('The preview failed:', error);
  }
}

// Without a parent there is nobody to show a preview to.
process.once('disconnect', () => process.exit(0));
process.once('message', (settings: PreviewSettings) => void main(settings));
