import type { Instruments } from '../instruments';

export interface ValuesRedacted {
  readonly kind: string;
  readonly rule: string;
  readonly action: string;
  readonly n: number;
}

/** What redaction rules hit. Kinds, rules and actions come from the configuration; values are never told. */
export const createRedactEvents = (instruments: Instruments) => {
  const redacted = instruments.counter(
    'plumbline_redacted_values_total',
    'Values that a redaction rule hit, whether it changed them or only counted; told before the store answered.',
    ['kind', 'rule', 'action'],
  );
  return {
    valuesRedacted: ({ kind, rule, action, n }: ValuesRedacted): void => {
      redacted.inc({ kind, rule, action }, n);
    },
  };
};
