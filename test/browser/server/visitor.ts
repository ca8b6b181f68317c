import type { IncomingMessage } from 'node:http';
import { GRAFANA_VERSIONS, type GrafanaVersion } from '../build/grafanaPackages';

export type OrgRole = 'Viewer' | 'Editor' | 'Admin';

/** Who looks at the host, and how; kept in cookies, so that calls of the page carry it too. */
export interface Visitor {
  readonly version: GrafanaVersion;
  readonly role: OrgRole;
  readonly theme: 'light' | 'dark';
  readonly language: string;
  /** Without it there is no ClickHouse data source, as before an administrator has added one. */
  readonly dataSource: 'present' | 'missing';
}

/** Words that each choice may have; any language tag for the language. */
const CHOICES: Readonly<Record<keyof Visitor, readonly string[] | RegExp>> = {
  version: GRAFANA_VERSIONS,
  role: ['Admin', 'Editor', 'Viewer'],
  theme: ['dark', 'light'],
  language: /^[a-z]{2}-[A-Z]{2}$/,
  dataSource: ['present', 'missing'],
};
const PREFIX = 'host_';

const isChoice = (key: keyof Visitor, value: string): boolean => {
  const choices = CHOICES[key];
  return choices instanceof RegExp ? choices.test(value) : choices.includes(value);
};

const readCookies = (header = ''): Map<string, string> =>
  new Map(
    header.split('; ').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))] as const;
    }),
  );

/** What the query of the address says, else what a cookie says, else the default. */
export function visitorOf(request: IncomingMessage, newest: GrafanaVersion): Visitor {
  const { searchParams } = new URL(request.url ?? '/', 'http://host');
  const cookies = readCookies(request.headers.cookie);
  const choice = (key: keyof Visitor, otherwise: string): string =>
    [searchParams.get(key), cookies.get(PREFIX + key)].find(
      (value) => typeof value === 'string' && isChoice(key, value),
    ) ?? otherwise;
  return {
    version: choice('version', newest),
    role: choice('role', 'Admin'),
    theme: choice('theme', 'dark'),
    language: choice('language', 'en-US'),
    dataSource: choice('dataSource', 'present'),
  } as Visitor;
}

/** The cookies that hold a visitor, as name and value. */
export const visitorCookies = (visitor: Partial<Visitor>): [string, string][] =>
  Object.entries(visitor).map(([key, value]) => [PREFIX + key, value]);
