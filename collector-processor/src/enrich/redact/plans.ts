import type { Signal } from '../../core/consumer';
import { REDACT_CONTEXTS, type RedactContext, type RedactKind } from '../../core/redaction';
import type { Detector } from './detector';
import { detectorsOf } from './detectors';
import { holdsIn, nameTest, type RedactRule } from './rule';

/** What the rules say about one place: a signal and a context. */
export interface Plan {
  /** One bit of its own, for sets of plans. */
  readonly bit: number;
  /** Rules by name that hold here, in their order. */
  readonly named: readonly RedactRule[];
  readonly detectors: readonly Detector[];
  /** The first rule that names the kind. */
  readonly ruleOf: ReadonlyMap<RedactKind, RedactRule>;
  /** All traits that the detectors need. */
  readonly traits: number;
}

export type Plans = Readonly<Record<Signal, Readonly<Record<RedactContext, Plan>>>>;

const SIGNALS: readonly Signal[] = ['traces', 'logs', 'metrics'];

export function createPlans(rules: readonly RedactRule[]): Plans {
  const plan = (signal: Signal, context: RedactContext): Plan => {
    const here = rules.filter((rule) => holdsIn(rule, signal, context));
    const ruleOf = new Map<RedactKind, RedactRule>();
    for (const rule of here) {
      for (const kind of rule.detect ?? []) if (!ruleOf.has(kind)) ruleOf.set(kind, rule);
    }
    const detectors = detectorsOf(new Set(ruleOf.keys()));
    return {
      bit:
        1 << (SIGNALS.indexOf(signal) * REDACT_CONTEXTS.length + REDACT_CONTEXTS.indexOf(context)),
      named: here.filter(({ attributes }) => attributes !== undefined),
      detectors,
      ruleOf,
      traits: detectors.reduce((traits, { trait }) => traits | trait, 0),
    };
  };
  const ofSignal = (signal: Signal) =>
    Object.fromEntries(
      REDACT_CONTEXTS.map((context) => [context, plan(signal, context)]),
    ) as Record<RedactContext, Plan>;
  return { traces: ofSignal('traces'), logs: ofSignal('logs'), metrics: ofSignal('metrics') };
}

/** The traits that some detector of some plan needs. */
export const allTraits = (plans: Plans): number =>
  SIGNALS.flatMap((signal) => Object.values(plans[signal])).reduce(
    (all, { traits }) => all | traits,
    0,
  );

/** The rules whose names an attribute has, and the plans in which one of them holds. */
export function createNameRules(plans: Plans): (name: string) => NamedBy {
  const all = SIGNALS.flatMap((signal) => Object.values(plans[signal]));
  const tests = new Map<RedactRule, readonly ((name: string) => boolean)[]>();
  for (const { named } of all) {
    for (const rule of named) tests.set(rule, rule.attributes!.map(nameTest));
  }
  return (name) => {
    const lower = name.toLowerCase();
    const rules = new Set<RedactRule>();
    for (const [rule, some] of tests) if (some.some((test) => test(lower))) rules.add(rule);
    const bits = all
      .filter(({ named }) => named.some((rule) => rules.has(rule)))
      .reduce((sum, { bit }) => sum | bit, 0);
    return { rules, bits };
  };
}

export interface NamedBy {
  readonly rules: ReadonlySet<RedactRule>;
  /** Bits of the plans in which one of the rules holds. */
  readonly bits: number;
}
