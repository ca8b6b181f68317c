import { type Processor, startProcessor } from '../processor';
import { type FakeGrafana, startFakeGrafana } from './fakeGrafana';

/** Secrets of the test; no output may hold one. */
export const TOKENS = {
  viewer: 'viewer-token-5d1c7a90',
  editor: 'editor-token-5d1c7a90',
  admin: 'admin-token-5d1c7a90',
  other: 'other-token-5d1c7a90',
  route: 'route-token-5d1c7a90',
} as const;

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or a text as it is. */
  readonly body?: unknown;
}

export interface RunningApi {
  readonly processor: Processor;
  readonly grafana: FakeGrafana;
  /** With a token, or with headers of its own. */
  ask(
    path: string,
    as: keyof typeof TOKENS | Readonly<Record<string, string>>,
    ask?: Ask,
  ): Promise<ApiAnswer>;
  /** Headers of a call through the plugin proxy. */
  proxied(identity: string): Record<string, string>;
  stop(): Promise<void>;
}

/** The real processor with a Grafana that shows its keys. */
export async function startApi(limits: Readonly<Record<string, number>> = {}): Promise<RunningApi> {
  const grafana = await startFakeGrafana();
  const token = (role: 'viewer' | 'editor' | 'admin', name: keyof typeof TOKENS = role) => ({
    name,
    token: TOKENS[name],
    role,
    tenant: name === 'other' ? 'theirs' : 'ours',
  });
  const api = {
    tokens: [token('viewer'), token('editor'), token('admin'), token('admin', 'other')],
    grafana: { url: grafana.url, token: TOKENS.route, tenant: 'ours' },
    limits: { requestsPerSecond: 1000, ...limits },
  };
  const processor = await startProcessor({
    api,
    config: { telemetry: { logLevel: 'trace' } },
  });
  return {
    processor,
    grafana,
    async ask(path, as, { method, headers = {}, body } = {}) {
      const response = await fetch(`http://${processor.adminAddress}/api/v1${path}`, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(typeof as === 'string' ? { authorization: `Bearer ${TOKENS[as]}` } : as),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
      };
    },
    proxied: (identity) => ({
      authorization: `Bearer ${TOKENS.route}`,
      'x-grafana-id': identity,
    }),
    async stop() {
      await processor.stop();
      await grafana.stop();
    },
  };
}
