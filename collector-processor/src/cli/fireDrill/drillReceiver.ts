import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FIRE_DRILL_TENANT } from '@plumbline/schemas/rules';
import type { Config } from '../../config/config';
import type { CreateService } from '../service';

/** Where the drill sends to. */
export interface DrillReceiver {
  readonly url: string;
  readonly token: string;
  /** For people: whose receiver it is. */
  readonly whose: string;
  close(): Promise<void>;
}

const ANY_PORT = '127.0.0.1:0';
const STOP_MS = 10_000;
const READY_MS = 60_000;
const READY_EVERY_MS = 100;

/**
 * The receiver of the running processor where the configuration has a token of the drill's tenant, which only the token
 * decides; else one of the drill's own, over the same store.
 */
export async function openDrillReceiver(
  config: Config,
  storeUrl: string,
  createService: CreateService,
): Promise<DrillReceiver> {
  const known = config.receive.tokens.find(({ tenant }) => tenant === FIRE_DRILL_TENANT);
  const { http } = config.receive;
  if (known !== undefined && http.tls === null) {
    const url = `http://${http.address}`;
    const { token } = known;
    return { url, token, whose: `the processor's ${url}`, close: () => Promise.resolve() };
  }
  return openOwn(config, storeUrl, createService);
}

async function openOwn(
  config: Config,
  storeUrl: string,
  createService: CreateService,
): Promise<DrillReceiver> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-fire-drill-'));
  const token = randomBytes(24).toString('base64url');
  const service = createService(ownConfig(config, { folder, storeUrl, token }));
  const close = async (): Promise<void> => {
    await service.stop(AbortSignal.timeout(STOP_MS));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await service.start();
    await untilReady(`http://${service.addresses.admin}/readyz`);
  } catch (error) {
    await close();
    throw error;
  }
  const url = `http://${service.addresses.http}`;
  return { url, token, whose: `the drill's own ${url}`, close };
}

/** The same store, and nothing but receiving: the monitor that is drilled is the running one. */
const ownConfig = (
  config: Config,
  { folder, storeUrl, token }: { folder: string; storeUrl: string; token: string },
): Config => ({
  ...config,
  receive: {
    ...config.receive,
    grpc: { address: ANY_PORT, tls: null },
    http: { ...config.receive.http, address: ANY_PORT, tls: null },
    tokens: [{ token, tenant: FIRE_DRILL_TENANT }],
  },
  storage: {
    ...config.storage,
    url: storeUrl,
    path: join(folder, 'store'),
    deadLetter: { ...config.storage.deadLetter, path: join(folder, 'dead-letters') },
  },
  forward: { ...config.forward, endpoint: null },
  monitor: { ...config.monitor, enabled: false },
  signals: { ...config.signals, enabled: false },
  telemetry: { ...config.telemetry, endpoint: null, storeEveryMs: null, logLevel: 'fatal' },
  api: { ...config.api, address: ANY_PORT },
});

async function untilReady(url: string): Promise<void> {
  const deadlineMs = Date.now() + READY_MS;
  for (;;) {
    const answer = await fetch(url);
    if (answer.ok) return;
    if (Date.now() > deadlineMs) throw new Error(`the store is not usable: ${await answer.text()}`);
    await delay(READY_EVERY_MS);
  }
}

/** Sends one request; rejects unless all of it was accepted. */
export async function sendDrill({ url, token }: DrillReceiver, body: string): Promise<void> {
  const answer = await fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
  });
  const said = await answer.text();
  if (!answer.ok || said.includes('rejectedSpans'))
    throw new Error(`${url} did not take the drill's spans: ${answer.status} ${said}`);
}
