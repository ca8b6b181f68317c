import { parseAddress } from '../../config/address';
import type { Host, Option, Values } from '../command';
import { parseDuration } from '../parseDuration';
import type { DrillWebhookSettings } from './drillWebhook';
import type { GrafanaAccess } from './grafanaApi';

export interface DrillSettings {
  readonly withinMs: number;
  readonly webhook: DrillWebhookSettings;
  /** Undefined: no Grafana takes part. */
  readonly grafana: (GrafanaAccess & { readonly datasourceUid: string }) | undefined;
}

const WITHIN = '3m';
const TOKEN_VARIABLE = 'PLUMBLINE_GRAFANA_TOKEN';

const option = (value: string, summary: string, preset?: string): Option => ({
  ...{ type: 'string', value, summary },
  ...(preset === undefined ? {} : { default: preset }),
});

export const DRILL_OPTIONS = {
  within: option('TIME', 'give up after this time', WITHIN),
  grafana: option('URL', 'drill this Grafana, in a folder of the drill that is removed again'),
  token: option(
    'TOKEN',
    `of a service account of that Grafana with the role Editor; else the variable ${TOKEN_VARIABLE}`,
  ),
  'data-source': option(
    'UID',
    'of the ClickHouse data source in that Grafana',
    'plumbline-clickhouse',
  ),
  webhook: option('ADDRESS', 'where the drill listens for the call', '127.0.0.1:0'),
  'webhook-url': option('URL', 'under which Grafana reaches that address, where it is another'),
} as const;

const given = (value: Values[string]): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const httpUrl = (text: string): boolean =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);

/** What the command line says, or what is wrong with it. */
export function drillSettings(values: Values, env: Host['env']): DrillSettings | string {
  const within = given(values.within) ?? WITHIN;
  const withinMs = parseDuration(within);
  if (withinMs === undefined) return `--within ${within}: must be a time such as 90s or 5m`;
  const address = given(values.webhook) ?? DRILL_OPTIONS.webhook.default!;
  const listen = parseAddress(address);
  if (listen === undefined) return `--webhook ${address}: must be host:port`;
  const [url, publicUrl] = [given(values.grafana), given(values['webhook-url'])];
  for (const [name, text] of Object.entries({ grafana: url, 'webhook-url': publicUrl })) {
    if (text !== undefined && !httpUrl(text)) return `--${name} ${text}: must be an http(s) URL`;
  }
  const webhook = { ...listen, publicUrl };
  if (url === undefined) return { withinMs, webhook, grafana: undefined };
  const token = given(values.token) ?? given(env[TOKEN_VARIABLE]);
  if (token === undefined) return `--grafana needs --token or the variable ${TOKEN_VARIABLE}`;
  const datasourceUid = given(values['data-source']) ?? DRILL_OPTIONS['data-source'].default!;
  return { withinMs, webhook, grafana: { url, token, datasourceUid } };
}
