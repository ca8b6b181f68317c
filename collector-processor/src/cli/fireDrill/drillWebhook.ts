import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FIRE_DRILL_TENANT } from '@plumbline/schemas/rules';
import { z } from 'zod';
import { webhookAlert } from '../../api/alerts/alertEvent';
import { DRILL_MODEL } from './drillRows';

/** The first call for the drill. */
export interface WebhookCall {
  readonly atMs: number;
  /** For people: what it said, and who called. */
  readonly text: string;
}

/** A webhook of the drill's own, that a contact point may have as its address. */
export interface DrillWebhook {
  /** Where to call: its path is a secret, for it may listen on more than the loopback. */
  readonly url: string;
  /** The same without the secret, for people. */
  readonly origin: string;
  called(): WebhookCall | undefined;
  close(): Promise<void>;
}

export interface DrillWebhookSettings {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Under which Grafana reaches it, without a path; undefined: where it listens. */
  readonly publicUrl?: string | undefined;
}

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_CONNECTIONS = 16;
const RECEIVE_WITHIN_MS = 10_000;

const notification = z.looseObject({
  title: z.string().default(''),
  appVersion: z.string().optional(),
  alerts: z.array(webhookAlert),
});

/** Undefined: more than is read. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What a call says of the drill; undefined: it is no webhook of Grafana's, or about something else. */
export function readNotification(body: string): string | undefined {
  let told: unknown;
  try {
    told = JSON.parse(body);
  } catch {
    return undefined;
  }
  const { data } = notification.safeParse(told);
  const alert = data?.alerts.find(
    ({ status, labels }) =>
      status === 'firing' && labels.tenant === FIRE_DRILL_TENANT && labels.model === DRILL_MODEL,
  );
  if (data === undefined || alert === undefined) return undefined;
  const who = data.appVersion === undefined ? 'the drill itself' : `Grafana ${data.appVersion}`;
  return `"${alert.annotations.summary ?? data.title}" came from ${who}`;
}

/** Listens until it is closed. Rejects when it cannot. */
export async function openDrillWebhook(settings: DrillWebhookSettings): Promise<DrillWebhook> {
  const { host, port, publicUrl } = settings;
  const path = `/${randomBytes(24).toString('base64url')}`;
  let first: WebhookCall | undefined;
  const receive = async (request: IncomingMessage): Promise<number> => {
    if (request.method !== 'POST' || request.url !== path) return 404;
    const body = await readBody(request);
    if (body === undefined) return 413;
    const text = readNotification(body);
    if (text !== undefined) first ??= { atMs: Date.now(), text };
    return 204;
  };
  const server = createServer({ requestTimeout: RECEIVE_WITHIN_MS }, (request, response) => {
    receive(request).then(
      (status) => response.writeHead(status, { connection: 'close' }).end(),
      // The caller went away in the middle of its body.
      () => response.destroy(),
    );
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(port, host);
  await once(server, 'listening');
  const own = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
  const origin = (publicUrl ?? own).replace(/\/+$/, '');
  return {
    url: `${origin}${path}`,
    origin,
    called: () => first,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
