import type { ClickHouseClient } from '@clickhouse/client';
import type { Config } from '../config/config';
import { messageOf } from '../core/errors';
import { EMBEDDED_DEFAULTS } from '../embedded/settings';
import { createStoreClient } from '../store/client';
import { type Command, FAILED, type Host, MISUSED } from './command';
import { CONFIG_OPTION, configOf } from './configOption';
import { openDrillReceiver } from './fireDrill/drillReceiver';
import { DRILL_OPTIONS, type DrillSettings, drillSettings } from './fireDrill/drillSettings';
import { openDrillWebhook } from './fireDrill/drillWebhook';
import { createGrafanaApi } from './fireDrill/grafanaApi';
import { openGrafanaAlerting } from './fireDrill/grafanaAlerting';
import { createOwnAlerting } from './fireDrill/ownAlerting';
import { removeDrill } from './fireDrill/removeDrill';
import { runFireDrill } from './fireDrill/runFireDrill';
import type { CreateService } from './service';

/** A run of the monitor that began before the removal has ended by then. */
const REST_MS = 3_000;

const connect = ({ storage }: Config, url: string): ClickHouseClient => {
  const { database, username, password, maxInsertMs, cluster } = storage;
  return createStoreClient({ url, database, username, password, maxInsertMs, cluster });
};

/** Why no drill is possible with this configuration; undefined when one is. */
async function problemOf(config: Config, client: ClickHouseClient): Promise<string | undefined> {
  if (config.storage.url !== null && config.storage.cluster !== null)
    return 'storage.cluster: the drill removes what it wrote from one server; point storage.url of a configuration of its own at one without a cluster';
  if (config.storage.url === null && config.storage.embedded.users.length > 0)
    return 'storage.embedded.users: the drill would need a user that may write; set storage.url, username and password to one of them';
  const pong = await client.ping();
  return pong.success
    ? undefined
    : `the store does not answer (${pong.error.message}): start the processor that is to be drilled first`;
}

interface DrillTools {
  readonly config: Config;
  readonly settings: DrillSettings;
  readonly createService: CreateService;
  readonly host: Host;
  readonly client: ClickHouseClient;
  readonly storeUrl: string;
}

/** The legs, and then away with what was written to the store. */
async function drillStore(
  { config, createService, host, client, storeUrl }: DrillTools,
  run: (receiver: Awaited<ReturnType<typeof openDrillReceiver>>) => Promise<boolean>,
): Promise<boolean> {
  const receiver = await openDrillReceiver(config, storeUrl, createService);
  try {
    return await run(receiver);
  } finally {
    await receiver.close();
    const { rows, complete } = await removeDrill(client, config.monitor.everyMs + REST_MS);
    host.out(`removed  ${rows} rows of tenant plumbline-fire-drill`);
    if (!complete)
      host.error(
        'rows of the drill still come: run the drill again to remove them, or delete by tenant',
      );
  }
}

/** Opens the webhook, and whoever is to call it; takes both away in the end. */
async function drillAlerts(tools: DrillTools): Promise<boolean> {
  const { settings, host, client } = tools;
  const { grafana, withinMs } = settings;
  const webhook = await openDrillWebhook(settings.webhook);
  try {
    const alerting =
      grafana === undefined
        ? createOwnAlerting(client, webhook.url)
        : await openGrafanaAlerting(createGrafanaApi(grafana), {
            datasourceUid: grafana.datasourceUid,
            webhookUrl: webhook.url,
            grafanaUrl: grafana.url,
          });
    try {
      return await drillStore(tools, (receiver) =>
        runFireDrill({ client, receiver, alerting, webhook, out: host.out }, withinMs),
      );
    } finally {
      for (const problem of await alerting.close()) host.error(`left in Grafana: ${problem}`);
    }
  } finally {
    await webhook.close();
  }
}

async function drill(tools: Omit<DrillTools, 'client' | 'storeUrl'>): Promise<number> {
  const { config, settings, host } = tools;
  const { storage } = config;
  const storeUrl = storage.url ?? `http://${EMBEDDED_DEFAULTS.host}:${storage.embedded.port}`;
  const client = connect(config, storeUrl);
  try {
    const problem = await problemOf(config, client);
    if (problem !== undefined) {
      host.error(problem);
      return FAILED;
    }
    if (settings.grafana === undefined)
      host.out(
        'no Grafana takes part (--grafana URL): the drill asks the query of the rule, and calls its own webhook, by itself',
      );
    return (await drillAlerts({ ...tools, client, storeUrl })) ? 0 : FAILED;
  } finally {
    await client.close();
  }
}

/** Plants a gross drift in a tenant of its own and tells how long each leg to the page takes. */
export const createFireDrillCommand = (createService: CreateService): Command => ({
  name: 'fire-drill',
  summary:
    'plant drift in a tenant of its own, tell how long signal, rule and webhook take, remove it',
  options: { config: CONFIG_OPTION, ...DRILL_OPTIONS },
  async run(values, host) {
    const settings = drillSettings(values, host.env);
    if (typeof settings === 'string') {
      host.error(settings);
      return MISUSED;
    }
    const config = configOf(values, host);
    if (config === undefined) return MISUSED;
    try {
      return await drill({ config, settings, createService, host });
    } catch (error) {
      host.error(messageOf(error));
      return FAILED;
    }
  },
});
