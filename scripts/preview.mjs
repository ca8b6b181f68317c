import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './workspace.mjs';

const PROGRAM = 'test/dist/browser/server/preview.js';
/** What makes a preview pointless, or its ports unknown. */
const WITHOUT = ['--help', '-h', '--ephemeral'];
const START_WITHIN_MS = 10_000;

const offsetOf = (args) => {
  const at = args.findIndex((arg) => arg === '--port-offset' || arg.startsWith('--port-offset='));
  if (at < 0) return 0;
  const text = args[at].includes('=') ? args[at].split('=')[1] : args[at + 1];
  return Number(text);
};

/**
 * Starts the preview of the Grafana app beside the demo with these options, unless they say otherwise. Resolves to the
 * environment that lets the demo know it, and to what ends it; it also ends with us.
 */
export const startPreview = async (args) => {
  const offset = offsetOf(args);
  const wanted = !args.some((arg) => WITHOUT.includes(arg)) && Number.isInteger(offset);
  if (!wanted) return { env: {}, stop: () => undefined };
  const apiToken = randomBytes(24).toString('hex');
  const child = fork(join(root, PROGRAM), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send({
    clickhouseUrl: `http://127.0.0.1:${8123 + offset}`,
    apiUrl: `http://127.0.0.1:${4319 + offset}`,
    apiToken,
  });
  const stop = () => {
    if (child.connected) child.disconnect();
  };
  try {
    const [{ url }] = await once(child, 'message', {
      signal: AbortSignal.timeout(START_WITHIN_MS),
    });
    console.log(`The Grafana app as a preview, without a Grafana: ${url}`);
    console.log('It is built behind the first rows (--no-preview: not at all).');
    child.on('message', ({ ready }) => {
      // A terminal shows the live table by now, which a line would tear.
      if (ready && !process.stdout.isTTY) console.log(`The preview is ready: ${url}`);
    });
    return {
      env: { PLUMBLINE_DEMO_GRAFANA_URL: url, PLUMBLINE_DEMO_GRAFANA_TOKEN: apiToken },
      stop,
    };
  } catch (error) {
    stop();
    console.error(`The preview did not start (${error.message}); the demo goes on without it.`);
    return { env: {}, stop };
  }
};
