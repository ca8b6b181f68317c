import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { TEST_ROOT } from '../build/paths';
import type { Exchange, Route } from './exchange';
import { route, sendNothing } from './exchange';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const WEIGHTS: Readonly<Record<string, number>> = {
  Regular: 400,
  Medium: 500,
  SemiBold: 600,
  Bold: 700,
};

/** Icons that Grafana's build has and its package has not; empty, so that nothing fails. */
const EMPTY_ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"></svg>';
/** The one of them that every page would show: an empty button looks broken. */
const TO_THE_LEFT =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M11 6 5 12l6 6M18 6l-6 6 6 6" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg>';

/** Whether a file may become another one under its address. */
type Lasting = 'changes' | 'forever';

const CACHE: Readonly<Record<Lasting, string>> = {
  changes: 'no-cache',
  forever: 'public, max-age=31536000, immutable',
};

interface Sent {
  readonly lasting?: Lasting;
  /** In place of a file that is not there. */
  readonly otherwise?: string;
}

async function sendFile(
  exchange: Exchange,
  folder: string,
  path: string,
  { lasting = 'changes', otherwise }: Sent = {},
) {
  const file = normalize(join(folder, path));
  const content = file.startsWith(folder + sep)
    ? await readFile(file).catch(() => otherwise)
    : undefined;
  if (content === undefined) {
    sendNothing(exchange, 404);
    return;
  }
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  exchange.response.writeHead(200, { 'content-type': type, 'cache-control': CACHE[lasting] });
  exchange.response.end(content);
}

const fontFolder = (name: string): string =>
  join(require.resolve(`@fontsource/${name}/package.json`, { paths: [TEST_ROOT] }), '../files');

export interface StaticFolders {
  /** The built plugin. */
  readonly plugin: string;
  readonly pluginId: string;
  /** The built host and the icons of the version that is looked at. */
  readonly builtFor: (exchange: Exchange) => { readonly host: string; readonly ui: string };
}

/** The files of the page, of the plugin, and the fonts and icons that Grafana's styles ask for. */
export function staticRoutes({ plugin, pluginId, builtFor }: StaticFolders): Route[] {
  const rest = ({ parts }: Exchange): string => decodeURIComponent(parts.at(-1)!);
  return [
    route('GET', '/host/*', (exchange) =>
      // The address names version and inputs of the build: another build has another address.
      sendFile(exchange, builtFor(exchange).host, rest(exchange).replace(/^[^/]+\//, ''), {
        lasting: 'forever',
      }),
    ),
    route('GET', `/public/plugins/${pluginId}/*`, (exchange) =>
      sendFile(exchange, plugin, rest(exchange)),
    ),
    route('GET', '/public/build/img/icons/*', (exchange) => {
      const icons = join(builtFor(exchange).ui, 'dist/public/img/icons');
      const isToTheLeft = rest(exchange).endsWith('/angle-double-left.svg');
      const otherwise = isToTheLeft ? TO_THE_LEFT : EMPTY_ICON;
      return sendFile(exchange, icons, rest(exchange), { lasting: 'forever', otherwise });
    }),
    route('GET', '/public/fonts/inter/Inter-:weight.woff2', (exchange) => {
      const weight = WEIGHTS[exchange.parts[0]!] ?? 400;
      const font = `inter-latin-${weight}-normal.woff2`;
      return sendFile(exchange, fontFolder('inter'), font, { lasting: 'forever' });
    }),
    route('GET', '/public/fonts/roboto/*', (exchange) =>
      sendFile(exchange, fontFolder('roboto-mono'), 'roboto-mono-latin-400-normal.woff2', {
        lasting: 'forever',
      }),
    ),
  ];
}
