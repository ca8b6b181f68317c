import { type AlertRule } from './alertRule';
import { AlertStore, type Folder, type Written } from './alertStore';
import type { Exchange, Route } from './exchange';
import { readJson, route, sendJson, sendNothing } from './exchange';

const RULES = '/api/v1/provisioning/alert-rules';
const GROUP = '/api/v1/provisioning/folder/:folder/rule-groups/:group';

const reply = (exchange: Exchange, { status, body }: Written): void => {
  if (body === undefined) sendNothing(exchange, status);
  else sendJson(exchange, status, body);
};

/** With this header a rule stays editable in Grafana's own pages. */
const isEditable = ({ request }: Exchange): boolean =>
  request.headers['x-disable-provenance'] === 'true';

const forEditors =
  (handle: (exchange: Exchange) => void | Promise<void>) =>
  (exchange: Exchange): void | Promise<void> => {
    if (exchange.visitor.role !== 'Viewer') return handle(exchange);
    sendJson(exchange, 403, {
      message: "You'll need additional permissions to perform this action.",
    });
  };

const part = ({ parts }: Exchange, at: number): string => decodeURIComponent(parts[at]!);

/** State of the rules by group, as `/api/prometheus/grafana/api/v1/rules` tells it. */
function groupStates(store: AlertStore, folderUid: string | null) {
  const groups = new Map<string, AlertRule[]>();
  for (const rule of store.rules) {
    const key = `${rule.folderUID}/${rule.ruleGroup}`;
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return [...groups.values()]
    .map((rules) => {
      const { folderUID, ruleGroup } = rules[0]!;
      return {
        name: ruleGroup,
        file: store.folders.find(({ uid }) => uid === folderUID)?.title ?? folderUID,
        folderUid: folderUID,
        interval: store.intervalOf(folderUID, ruleGroup),
        rules: rules.map(stateOf),
      };
    })
    .filter((group) => folderUid === null || group.folderUid === folderUid);
}

const stateOf = (rule: AlertRule) => ({
  ...{ uid: rule.uid, name: rule.title, folderUid: rule.folderUID, type: 'alerting' },
  ...{ state: 'inactive', health: 'ok', alerts: [], lastEvaluation: '0001-01-01T00:00:00Z' },
  ...{ labels: rule.labels ?? {}, annotations: rule.annotations ?? {}, query: '' },
  ...{ isPaused: rule.isPaused ?? false, provenance: rule.provenance ?? '' },
  ...{ evaluationTime: 0, duration: 0, notificationSettings: rule.notification_settings ?? null },
});

function ruleRoutes(store: AlertStore): Route[] {
  return [
    route('GET', RULES, (exchange) => {
      sendJson(exchange, 200, store.rules);
    }),
    route(
      'POST',
      RULES,
      forEditors(async (exchange) => {
        reply(exchange, store.create(await readJson(exchange), isEditable(exchange)));
      }),
    ),
    route('GET', `${RULES}/:uid`, (exchange) => {
      const found = store.rule(part(exchange, 0));
      if (found === undefined) sendJson(exchange, 404, { message: 'alert rule not found' });
      else sendJson(exchange, 200, found);
    }),
    route(
      'PUT',
      `${RULES}/:uid`,
      forEditors(async (exchange) => {
        const rule = await readJson<Partial<AlertRule>>(exchange);
        reply(exchange, store.update(part(exchange, 0), rule, isEditable(exchange)));
      }),
    ),
    route(
      'DELETE',
      `${RULES}/:uid`,
      forEditors((exchange) => {
        reply(exchange, store.remove(part(exchange, 0)));
      }),
    ),
  ];
}

function groupRoutes(store: AlertStore): Route[] {
  return [
    route('GET', GROUP, (exchange) => {
      const [folderUid, title] = [part(exchange, 0), part(exchange, 1)];
      const rules = store.rules.filter(
        (rule) => rule.folderUID === folderUid && rule.ruleGroup === title,
      );
      if (rules.length === 0) sendJson(exchange, 404, { message: 'rule group not found' });
      else {
        const interval = store.intervalOf(folderUid, title);
        sendJson(exchange, 200, { title, folderUid, interval, rules });
      }
    }),
    route(
      'PUT',
      GROUP,
      forEditors(async (exchange) => {
        const { interval } = await readJson<{ interval?: unknown }>(exchange);
        reply(exchange, store.setInterval(part(exchange, 0), part(exchange, 1), interval));
      }),
    ),
    route('GET', '/api/prometheus/grafana/api/v1/rules', (exchange) => {
      const groups = groupStates(store, exchange.url.searchParams.get('folder_uid'));
      sendJson(exchange, 200, { status: 'success', data: { groups } });
    }),
  ];
}

/** The alerting API that the app uses, over one store in memory for each host. */
export function alertingRoutes(): Route[] {
  const store = new AlertStore();
  return [
    ...ruleRoutes(store),
    ...groupRoutes(store),
    route('GET', '/api/v1/provisioning/contact-points', (exchange) => {
      sendJson(exchange, 200, store.contactPoints);
    }),
    route('GET', '/api/folders', (exchange) => {
      sendJson(exchange, 200, store.folders);
    }),
    route('GET', '/api/folders/:uid', (exchange) => {
      const found = store.folders.find(({ uid }) => uid === part(exchange, 0));
      if (found === undefined) sendJson(exchange, 404, { message: 'folder not found' });
      else sendJson(exchange, 200, found);
    }),
    route(
      'POST',
      '/api/folders',
      forEditors(async (exchange) => {
        reply(exchange, store.addFolder(await readJson<Partial<Folder>>(exchange)));
      }),
    ),
    route('GET', '/api/alertmanager/grafana/api/v2/alerts', (exchange) => {
      sendJson(exchange, 200, []);
    }),
  ];
}
