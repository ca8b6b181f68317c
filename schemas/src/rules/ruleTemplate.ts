import type { Scope } from '../queries/scope';

/** A number that somebody may set in a rule. */
export interface RuleParameter {
  readonly key: string;
  readonly title: string;
  /** What it is counted in, as people read it: `%`, `minutes`, `requests`, … */
  readonly unit: string;
  readonly default: number;
  /** Both ends are allowed. */
  readonly min: number;
  readonly max: number;
}

export type RuleValues = Readonly<Record<string, number>>;

/** What an instance of a rule is: its labels, and nothing else, or each new value would be a new alert. */
export type IdentityColumn = 'tenant' | 'environment' | 'model' | 'feature' | 'disk';

/** A number that belongs to an alert but does not decide it: a query of its own (`refId`), told in an annotation. */
export interface RuleEvidence {
  readonly refId: string;
  /** Column of the rows. */
  readonly column: string;
  /** Text columns of the rows that come along, for `{{ $values.<refId>.Labels.<column> }}`. */
  readonly texts?: readonly string[];
}

export type NoDataState = 'Alerting' | 'NoData' | 'OK' | 'KeepLast';
export type ErrorState = 'Alerting' | 'Error' | 'OK' | 'KeepLast';

/** What Grafana does when nothing comes back, or an error; `why` is for the documentation. */
export interface ChosenState<State> {
  readonly state: State;
  readonly why: string;
}

/** `page` wakes people; `office-hours` waits for them (a mute timing holds it back at night and at weekends). */
export type Urgency = 'page' | 'office-hours';

/** The values that a rule is made of, and the models that it looks at. */
export interface RuleInput {
  readonly values: RuleValues;
  /** Texts, never variables: Grafana's backend has none. */
  readonly scope: RuleScope;
}

export type RuleScope = Readonly<Partial<Record<keyof Scope, readonly string[]>>>;

/** An alert rule before somebody has chosen its numbers: what provisioning, the app's form and the backtest share. */
export interface RuleTemplate {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it watches. */
  readonly description: string;
  readonly identity: readonly IdentityColumn[];
  /** Columns of `scope` that the rows have. */
  readonly scope: readonly (keyof Scope)[];
  readonly parameters: readonly RuleParameter[];
  /** How far back the rows reach, in seconds before the evaluation. */
  readonly rangeSeconds: (values: RuleValues) => number;
  /** SQL of one row an instance: the identity, `measured` and the columns of the evidence. Backend macros only. */
  readonly rows: (input: RuleInput) => string;
  /** Fires when `measured` is above or below this. */
  readonly threshold: (values: RuleValues) => {
    readonly type: 'gt' | 'lt';
    readonly value: number;
  };
  readonly evidence: readonly RuleEvidence[];
  /** Seconds between two evaluations, a multiple of 10. */
  readonly everySeconds: number;
  /** Go durations. */
  readonly for: string;
  readonly keepFiringFor: string;
  readonly noData: ChosenState<NoDataState>;
  readonly error: ChosenState<ErrorState>;
  readonly urgency: Urgency;
  /** Templates of Grafana's: one line for a phone, and what is known beyond it. */
  readonly summary: string;
  readonly details: string;
  /** What to do first; docs/runbooks has the rest under the template's id. */
  readonly firstStep: string;
  /** Where the app shows it. */
  readonly link:
    'model-drift' | 'model-quality' | 'model-performance' | 'model-cost' | 'model' | 'fleet';
}
