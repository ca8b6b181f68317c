import { CONTACT_POINT, MUTE_TIMING, ORGANISATION } from './names';
import { MESSAGE_TEXT, notificationTemplates, TITLE_TEXT } from './notificationTexts';
import { yamlFile } from './yamlFile';

interface Receiver {
  readonly uid: string;
  readonly type: string;
  readonly disableResolveMessage: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
}

const receiver = (name: string, type: string, settings: Receiver['settings']): Receiver => ({
  uid: `plumbline-${name}`,
  type,
  disableResolveMessage: false,
  settings,
});

/** Alert history: each state change is told to the processor, which keeps it in v_alert_events. */
const HISTORY = receiver('history', 'webhook', {
  url: '$PLUMBLINE_API_URL/api/v1/alerts/events',
  httpMethod: 'POST',
  authorization_scheme: 'Bearer',
  authorization_credentials: '$PLUMBLINE_ALERT_TOKEN',
});

const WAYS: Readonly<Record<string, Receiver>> = {
  webhook: receiver('webhook', 'webhook', {
    url: '$PLUMBLINE_ALERT_WEBHOOK_URL',
    httpMethod: 'POST',
    title: TITLE_TEXT,
    message: MESSAGE_TEXT,
  }),
  email: receiver('email', 'email', {
    addresses: '$PLUMBLINE_ALERT_EMAIL',
    singleEmail: true,
    subject: TITLE_TEXT,
    message: MESSAGE_TEXT,
  }),
  slack: receiver('slack', 'slack', {
    url: '$PLUMBLINE_SLACK_WEBHOOK_URL',
    title: TITLE_TEXT,
    text: MESSAGE_TEXT,
  }),
  pagerduty: receiver('pagerduty', 'pagerduty', {
    integrationKey: '$PLUMBLINE_PAGERDUTY_KEY',
    severity: 'critical',
    summary: TITLE_TEXT,
    details: { text: MESSAGE_TEXT },
  }),
};



const contactFile = (about: string, receivers: readonly Receiver[]): string =>
  yamlFile(about, {
    apiVersion: 1,
    contactPoints: [{ orgId: ORGANISATION, name: CONTACT_POINT, receivers }],
  });

/** Nights and weekends in UTC: Grafana puts no variables in here. Times of a day cannot go past midnight. */
const muteTimes = [
  {
    orgId: ORGANISATION,
    name: MUTE_TIMING,
    time_intervals: [
      { weekdays: ['saturday', 'sunday'], location: 'UTC' },
      {
        times: [
          { start_time: '00:00', end_time: '07:00' },
          { start_time: '19:00', end_time: '24:00' },
        ],
        location: 'UTC',
      },
    ],
  },
];

/**
 * The contact point in the ways it can reach people: Grafana gets exactly one of these files as
 * alerting/contact-points.yaml. A receiver without its variable would end Grafana's start, so that nobody has to set all.
 */
export const contactFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(WAYS).map(
      ([way, one]) =>
        [
          `contact-points/${way}.yaml`,
          contactFile(`Alerts by ${way}, and into the alert history.`, [one, HISTORY]),
        ] as const,
    ),
    [
      'contact-points/all.yaml',
      contactFile('Alerts by every way, and into the alert history.', [
        ...Object.values(WAYS),
        HISTORY,
      ]),
    ],
    [
      'alerting/texts.yaml',
      yamlFile(
        'What messages say, and when rules that can wait are held back. Not a policy: the tree of your Grafana stays as it is.',
        { apiVersion: 1, templates: notificationTemplates, muteTimes },
      ),
    ],
  ]);
