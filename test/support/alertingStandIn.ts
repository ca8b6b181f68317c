import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import type { AlertRule } from '@plumbline/schemas/rules';
import { evaluateRule } from './evaluateRule';

interface PostedRule extends AlertRule {
  readonly folderUID: string;
  readonly ruleGroup: string;
  readonly notification_settings: { readonly receiver: string };
}
interface ContactPoint {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
  readonly settings: { readonly url: string };
}
interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** The alerting API of Grafana as far as a fire drill uses it. */
export interface AlertingStandIn {
  readonly url: string;
  readonly token: string;
  /** Every call and its status, in order; polls of the states once. */
  readonly calls: readonly string[];
  /** What is there: folders, contact points and rules by uid. */
  left(): readonly string[];
  close(): Promise<void>;
}

const PAUSE_MS = 500;
const TOKEN = 'glsa_drill';
const refused = (status: number, message: string): Answer => ({ status, body: { message } });

/** Folders, contact points and rules in memory, judged as Grafana judges them when they are saved or removed. */
class AlertingState {
  readonly folders = new Map<string, object>();
  readonly points = new Map<string, ContactPoint>();
  readonly rules = new Map<string, PostedRule>();
  readonly firing = new Set<string>();
  /** What Grafana gives a new group; another one is what starts the evaluation here. */
  intervalS = 60;

  pointOf({ notification_settings: { receiver } }: PostedRule): ContactPoint | undefined {
    return [...this.points.values()].find(({ name }) => name === receiver);
  }

  post(path: string, body: unknown): Answer {
    if (path === '/api/folders') {
      this.folders.set((body as { uid: string }).uid, body as object);
      return { status: 200, body };
    }
    if (path.endsWith('/contact-points')) {
      const point = body as ContactPoint;
      if (point.type !== 'webhook') return refused(400, 'unknown integration type');
      this.points.set(point.uid, point);
      return { status: 202, body };
    }
    const rule = body as PostedRule;
    if (!this.folders.has(rule.folderUID)) return refused(400, 'invalid alert rule: folder');
    if (this.pointOf(rule) === undefined) return refused(400, 'receiver does not exist');
    this.rules.set(rule.uid, rule);
    return { status: 201, body };
  }

  remove(path: string, uid: string, forced: boolean): Answer {
    if (path.includes('/alert-rules/')) {
      this.rules.delete(uid);
      this.firing.delete(uid);
      return { status: 204 };
    }
    if (this.rules.size > 0 && !forced) return refused(409, 'used by rule');
    if (path.includes('/contact-points/')) {
      this.points.delete(uid);
      return { status: 202, body: {} };
    }
    return this.folders.delete(uid) ? { status: 200, body: {} } : refused(404, 'folder not found');
  }

  group(method: string, name: string, body: unknown): Answer {
    const rules = [...this.rules.values()].filter(({ ruleGroup }) => ruleGroup === name);
    if (rules.length === 0) return refused(404, 'rule group not found');
    if (method === 'PUT') {
      const { interval } = body as { interval: number };
      if (!Number.isInteger(interval) || interval % 10 !== 0) return refused(400, 'interval');
      this.intervalS = interval;
    }
    return { status: 200, body: { title: name, interval: this.intervalS, rules } };
  }

  states(): Answer {
    const groups = [...this.rules.values()].map(({ uid, title, ruleGroup }) => ({
      name: ruleGroup,
      rules: [{ uid, name: title, state: this.firing.has(uid) ? 'firing' : 'inactive' }],
    }));
    return { status: 200, body: { status: 'success', data: { groups } } };
  }

  answer(method: string, { pathname, searchParams }: URL, body: unknown): Answer {
    const uid = pathname.split('/').at(-1)!;
    if (pathname.startsWith('/api/prometheus/')) return this.states();
    if (method === 'POST') return this.post(pathname, body);
    if (method === 'DELETE')
      return this.remove(pathname, uid, searchParams.has('forceDeleteRules'));
    return this.group(method, uid, body);
  }
}

/** Evaluates a rule; when it fires, calls the webhook of its contact point as Grafana would. */
async function evaluate(
  client: ClickHouseClient,
  state: AlertingState,
  rule: PostedRule,
): Promise<void> {
  const instances = (await evaluateRule(client, rule, Date.now())).filter((one) => one.firing);
  const point = state.pointOf(rule);
  if (instances.length === 0 || point === undefined) return;
  state.firing.add(rule.uid);
  const alerts = instances.map(({ labels }) => ({
    ...{ status: 'firing', labels: { alertname: rule.title, ...labels }, annotations: {} },
    ...{ startsAt: new Date().toISOString(), ruleUID: rule.uid, values: { A: 1, C: 1 } },
  }));
  const body = { status: 'firing', title: rule.title, appVersion: '12.4.0', alerts };
  await fetch(point.settings.url, { method: 'POST', body: JSON.stringify(body) });
}

/** One rule after the other, as the store may be slow, once their group has the interval of a drill. */
async function evaluateAll(
  client: ClickHouseClient,
  state: AlertingState,
  closing: AbortSignal,
): Promise<void> {
  while (!closing.aborted) {
    const open = state.intervalS === 10 ? [...state.rules.values()] : [];
    for (const rule of open) if (!state.firing.has(rule.uid)) await evaluate(client, state, rule);
    await delay(PAUSE_MS, undefined, { signal: closing }).catch(() => undefined);
  }
}

/**
 * Stands where a Grafana 12.4 would: the statuses and the order that it insists on (a rule needs its folder and receiver; a
 * receiver in use cannot be removed, nor a folder with rules, unless that is asked for). Rules are really evaluated on the store, and
 * the webhook is really called; what it is not is Grafana's scheduler, alertmanager and access control.
 */
export async function startAlertingStandIn(client: ClickHouseClient): Promise<AlertingStandIn> {
  const state = new AlertingState();
  const calls: string[] = [];
  const closing = new AbortController();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url!, 'http://localhost');
      const text = Buffer.concat(chunks).toString('utf8');
      const told =
        request.headers.authorization === `Bearer ${TOKEN}`
          ? state.answer(request.method!, url, text === '' ? undefined : JSON.parse(text))
          : refused(401, 'Invalid API key');
      const line = `${request.method} ${url.pathname} ${told.status}`;
      if (calls.at(-1) !== line) calls.push(line);
      response.writeHead(told.status, { 'content-type': 'application/json' });
      response.end(told.body === undefined ? '' : JSON.stringify(told.body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // What goes wrong in between is told when the test closes the stand-in.
  const evaluating = evaluateAll(client, state, closing.signal).catch((error: unknown) => error);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    calls,
    left: () => [...state.folders.keys(), ...state.points.keys(), ...state.rules.keys()],
    async close() {
      closing.abort();
      const failure = await evaluating;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      if (failure !== undefined) throw failure as Error;
    },
  };
}
