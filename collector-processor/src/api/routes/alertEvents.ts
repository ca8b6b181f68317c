import { z } from 'zod';
import { MAX_DAYS_PER_INSERT } from '../../store/errorClass';
import { alertEventRow, webhookAlert } from '../alerts/alertEvent';
import { insertRows } from '../insertRows';
import { defineWrite, ok } from '../route';

const DAY_MS = 86_400_000;
const MAX_ALERTS = 1000;

/** Each day is a part of its own in the store. */
const daysOf = (alerts: readonly z.output<typeof webhookAlert>[]): number =>
  new Set(
    alerts.flatMap(({ startsAt, endsAt }) =>
      [startsAt, endsAt].map((time) => Math.floor(Date.parse(time) / DAY_MS)),
    ),
  ).size;

/** Where a webhook contact point of Grafana tells what its alerts do. */
export const alertEventsRoute = defineWrite({
  method: 'POST',
  path: '/alerts/events',
  operationId: 'writeAlertEvents',
  summary: 'Take what a webhook contact point of Grafana sends',
  description:
    'Answers 204. Told again, a state change of an alert counts once. Environment, model and version are those of the labels `environment`, `model` and `version`.',
  role: 'editor',
  action: 'alerts.events',
  body: z.looseObject({
    alerts: z
      .array(webhookAlert)
      .max(MAX_ALERTS)
      .refine(
        (alerts) => daysOf(alerts) < MAX_DAYS_PER_INSERT,
        `must touch fewer than ${MAX_DAYS_PER_INSERT} days`,
      ),
  }),
  answer: z.null(),
  describe: ({ alerts }) => ({ object: 'alert_events', request: { count: alerts.length } }),
  async write({ alerts }, { store, caller, timeMs }) {
    const rows = alerts.map((alert) => alertEventRow(alert, caller.tenant, timeMs));
    if (rows.length > 0) await insertRows(store, 'ml_alert_events', rows);
    return ok(null);
  },
});
