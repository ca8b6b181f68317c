import { type RuleForm, scopeOf, valuesOf } from '../../alerting/ruleForm';
import type { ApiCall } from '../../api/callApi';

/** What `POST /alerts/backtest` answers. */
export interface BacktestAnswer {
  readonly from: string;
  readonly to: string;
  readonly step_s: number;
  readonly every_s: number;
  readonly complete: boolean;
  readonly truncated: boolean;
  readonly alerts: number;
  readonly firing_minutes: number;
  readonly per_week: { readonly expected: number; readonly low: number; readonly high: number };
  readonly firings: readonly BacktestFiring[];
}

export interface BacktestFiring {
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
  readonly open: boolean;
  readonly worst: number | null;
  readonly labels: Readonly<Record<string, string>>;
}

const DAY_MS = 86_400_000;
/** The call that replays a form over the days before `nowMs`. */
export const backtestCall = (form: RuleForm, days: number, nowMs: number): ApiCall => ({
  method: 'POST',
  path: 'alerts/backtest',
  body: {
    template: form.template.id,
    values: valuesOf(form),
    scope: scopeOf(form),
    for: form.pending,
    from: new Date(nowMs - days * DAY_MS).toISOString(),
    to: new Date(nowMs).toISOString(),
  },
});

/** The same text for forms that a backtest cannot tell apart. */
export const backtestKey = (form: RuleForm, days: number): string =>
  JSON.stringify(backtestCall(form, days, 0));

/** A rule about the machine has no history that could be replayed. */
export const canBacktest = ({ template }: RuleForm): boolean => template.scope.includes('tenant');
