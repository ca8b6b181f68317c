import { messageOf } from '../../core/errors';
import { createBoundedLabel } from '../boundedLabel';
import type { Instruments } from '../instruments';

export interface ApiAnswered {
  readonly method: string;
  /** The path as it was declared, never as it was sent. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
}

export interface ApiRefused {
  readonly reason: string;
}

export interface ApiFailed {
  readonly error: unknown;
  /** The route or the action. */
  readonly action: string;
}

/** What happens at `/api/v1`. Callers are in the audit, not here. */
export const createApiEvents = (instruments: Instruments) => {
  const answered = instruments.counter(
    'plumbline_api_requests_total',
    'Requests to the API that were answered, by route and status.',
    ['method', 'route', 'status'],
  );
  const seconds = instruments.seconds(
    'plumbline_api_request_duration_seconds',
    'From a request to the API to its answer.',
    ['method', 'route'],
  );
  const refused = instruments.counter(
    'plumbline_api_refused_total',
    'Requests to the API turned away before they were looked at: nobody known, or too many.',
    ['reason'],
  );
  const failures = instruments.counter(
    'plumbline_api_failures_total',
    'Requests to the API that met a store that was not there, or a bug.',
    ['action'],
  );
  const keys = instruments.counter(
    'plumbline_api_grafana_keys_failed_total',
    "Failed attempts to fetch Grafana's keys.",
    [],
  );
  const bounded = createBoundedLabel(50);
  return {
    apiAnswered: ({ method, route, status, milliseconds }: ApiAnswered): void => {
      answered.inc({ method, route, status: String(status) });
      seconds.observe({ method, route }, milliseconds / 1000);
    },
    apiRefused: ({ reason }: ApiRefused): void => {
      refused.inc({ reason: bounded(reason) });
      const fields = { reason, count: 1 };
      instruments.logLimited('warn', 'apiRefused', reason, fields, 'turned away an API request');
    },
    apiFailed: ({ error, action }: ApiFailed): void => {
      failures.inc({ action });
      const fields = { action, reason: messageOf(error) };
      instruments.logLimited('error', 'apiFailed', action, fields, 'an API request failed');
    },
    grafanaKeysFailed: ({ reason }: ApiRefused): void => {
      keys.inc();
      const message = "Grafana's keys could not be fetched";
      instruments.logLimited('warn', 'grafanaKeysFailed', reason, { reason }, message);
    },
  };
};
