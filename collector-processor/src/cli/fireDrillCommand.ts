import type { ClickHouseClient } from '@clickhouse/client';
import type { Config } from '../config/config';
import { messageOf } from '../core/errors';
import { EMBEDDED_DEFAULTS } from '../embedded/settings';
import { createStoreClient } from '../store/client';
import { type Command, FAILED, type Host, MISUSED } from './command';
import { CONFIG_OPTION, configOf } from './configOption';
import { openDrillReceiver } from './fireDrill/drillReceiver';
import { removeDrill } from './fireDrill/removeDrill';
import { runFireDrill } from './fireDrill/runFireDrill';
import { parseDuration } from './parseDuration';
import type { CreateService } from './service';

const WITHIN = '3m';
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

async function drill(
  config: Config,
  parts: { readonly createService: CreateService; readonly host: Host; readonly withinMs: number },
): Promise<number> {
  const { createService, host, withinMs } = parts;
  const { storage, monitor } = config;
  const url = storage.url ?? `http://${EMBEDDED_DEFAULTS.host}:${storage.embedded.port}`;
  const client = connect(config, url);
  try {
    const problem = await problemOf(config, client);
    if (problem !== undefined) {
      host.error(problem);
      return FAILED;
    }
    const receiver = await openDrillReceiver(config, url, createService);
    try {
      const whole = await runFireDrill({ client, receiver, out: host.out }, withinMs);
      return whole ? 0 : FAILED;
    } finally {
      await receiver.close();
      const { rows, complete } = await removeDrill(client, monitor.everyMs + REST_MS);
      host.out(`removed  ${rows} rows of tenant plumbline-fire-drill`);
      if (!complete)
        host.error(
          'rows of the drill still come: run the drill again to remove them, or delete by tenant',
        );
    }
  } finally {
    await client.close();
  }
}

/** Plants a gross drift in a tenant of its own and tells how long each leg to the page takes. */
export const createFireDrillCommand = (createService: CreateService): Command => ({
  name: 'fire-drill',
  summary: 'plant drift in a tenant of its own, tell how long signal and rule take, remove it',
  options: {
    config: CONFIG_OPTION,
    within: {
      type: 'string',
      value: 'TIME',
      summary: `give up after this time; ${WITHIN} unless said otherwise`,
      default: WITHIN,
    },
  },
  async run(values, host) {
    const within = typeof values.within === 'string' ? values.within : WITHIN;
    const withinMs = parseDuration(within);
    if (withinMs === undefined) {
      host.error(`--within ${within}: must be a time such as 90s or 5m`);
      return MISUSED;
    }
    const config = configOf(values, host);
    if (config === undefined) return MISUSED;
    try {
      return await drill(config, { createService, host, withinMs });
    } catch (error) {
      host.error(messageOf(error));
      return FAILED;
    }
  },
});
