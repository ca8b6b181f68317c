import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { messageOf } from '../core/errors';

/** Only the fields of a public P-256 key are taken over; whatever else a key set holds is not ours. */
const jwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  kid: z.string().min(1).max(256),
  x: z.string().max(128),
  y: z.string().max(128),
  use: z.literal('sig').optional(),
});
const keySet = z.object({ keys: z.array(z.unknown()).max(100) });

const PATH = '/api/signing-keys/keys';
const TIMEOUT_MS = 5000;
const MAX_BYTES = 64 * 1024;
/** An unknown key asks for the keys again, but not more often than this: anyone can name a key that does not exist. */
const MIN_PAUSE_MS = 10_000;

/** `unknown`: Grafana has no such key. `unavailable`: it cannot be asked, and nothing fresh enough is known. */
export type KeyResult =
  { readonly key: KeyObject } | { readonly missing: 'unknown' | 'unavailable' };

export interface GrafanaKeysParts {
  readonly clock: () => number;
  readonly failed: (reason: string) => void;
}

const readKeys = (body: unknown): Map<string, KeyObject> => {
  const keys = new Map<string, KeyObject>();
  for (const entry of keySet.parse(body).keys) {
    const parsed = jwk.safeParse(entry);
    if (!parsed.success) continue;
    const { kid, kty, crv, x, y } = parsed.data;
    const key: JsonWebKey = { kty, crv, x, y };
    keys.set(kid, createPublicKey({ key, format: 'jwk' }));
  }
  return keys;
};

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += (chunk as Uint8Array).length;
    if (length > MAX_BYTES) throw new Error(`the answer has more than ${MAX_BYTES} bytes`);
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString();
}

/** The public keys of a Grafana's identities, fetched when needed and trusted for `maxAgeMs`. */
export function createGrafanaKeys(
  { clock, failed }: GrafanaKeysParts,
  { url, maxAgeMs }: { readonly url: string; readonly maxAgeMs: number },
): (kid: string) => Promise<KeyResult> {
  const address = url.replace(/\/+$/, '') + PATH;
  let keys = new Map<string, KeyObject>();
  let fetchedAt = -Infinity;
  let triedAt = -Infinity;
  let running: Promise<void> | undefined;
  const load = async (): Promise<void> => {
    triedAt = clock();
    try {
      const response = await fetch(address, {
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      keys = readKeys(JSON.parse(await readBounded(response)));
      fetchedAt = clock();
    } catch (error) {
      failed(messageOf(error));
    }
  };
  const refresh = async (): Promise<void> => {
    // Callers that come meanwhile share the question.
    if (running === undefined && clock() - triedAt < MIN_PAUSE_MS) return;
    running ??= load().finally(() => {
      running = undefined;
    });
    await running;
  };
  const isFresh = (): boolean => clock() - fetchedAt < maxAgeMs;
  return async (kid) => {
    if (!isFresh() || !keys.has(kid)) await refresh();
    if (!isFresh()) return { missing: 'unavailable' };
    const key = keys.get(kid);
    return key === undefined ? { missing: 'unknown' } : { key };
  };
}
