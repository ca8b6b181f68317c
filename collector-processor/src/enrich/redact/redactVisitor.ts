import type { Signal } from '../../core/consumer';
import { NAMED_KIND, type RedactContext } from '../../core/redaction';
import type { Change, RewriteVisitor } from '../../otlp/rewrite/rewriteVisitor';
import type { WireReader } from '../../otlp/wire';
import type { Replacements } from './actions';
import { findValues, type Found } from './findValues';
import { type KeyFact, KeyFacts } from './keyFacts';
import { allTraits, createNameRules, type Plan, type Plans } from './plans';
import type { RedactCounts } from './redactCounts';
import { QuickLook } from './quickLook';
import type { RedactRule } from './rule';
import { TraitMemo } from './traitMemo';
import { traitsOfNumber } from './traits';

const ATTRIBUTE = [NAMED_KIND] as const;

/** Applies the rules to what the rewriter shows. */
export class RedactVisitor implements RewriteVisitor {
  private readonly plans: Plans;
  private readonly replacements: Replacements;
  private readonly counts: RedactCounts;
  private readonly keys: KeyFacts;
  private readonly memo: TraitMemo;
  private readonly quickLook: QuickLook;
  private reader!: WireReader;
  private ofSignal: Plans[Signal];
  private plan: Plan;
  private fact!: KeyFact;

  constructor(plans: Plans, replacements: Replacements, counts: RedactCounts) {
    this.plans = plans;
    this.replacements = replacements;
    this.counts = counts;
    this.keys = new KeyFacts(createNameRules(plans));
    this.memo = new TraitMemo(allTraits(plans));
    this.quickLook = new QuickLook(this.keys, this.memo);
    this.ofSignal = plans.traces;
    this.plan = this.ofSignal.resource;
  }

  begin(signal: Signal, reader: WireReader): void {
    this.reader = reader;
    this.memo.begin(reader);
    this.quickLook.begin(reader);
    this.ofSignal = this.plans[signal];
    this.plan = this.ofSignal.resource;
    this.key(0, 0);
  }

  enter(context: RedactContext): void {
    this.plan = this.ofSignal[context];
  }

  passes(start: number, end: number, lists: boolean): boolean {
    return this.quickLook.passes(start, end, this.plan, lists);
  }

  key(start: number, length: number): boolean {
    this.fact = this.keys.of(this.reader, start, length);
    return (this.fact.bits & this.plan.bit) !== 0;
  }

  isMark(): boolean {
    return this.fact.isMark;
  }

  changeByKey(value: () => Buffer): Change | undefined {
    const { fact, plan } = this;
    const rule = plan.named.find((named) => fact.rules.has(named));
    if (rule === undefined) return undefined;
    this.counts.add(NAMED_KIND, rule);
    if (rule.action === 'count') return undefined;
    const text =
      rule.action === 'drop' ? undefined : Buffer.from(this.replacements.named(rule.action, value));
    return { kinds: ATTRIBUTE, text };
  }

  suspects(start: number, end: number): boolean {
    return (this.memo.of(start, end) & this.plan.traits) !== 0;
  }

  text(start: number, end: number): Change | undefined {
    const traits = this.memo.of(start, end);
    if ((traits & this.plan.traits) === 0) return undefined;
    return this.search(this.reader.bytes.toString('latin1', start, end), traits);
  }

  number(digits: string): Change | undefined {
    const traits = traitsOfNumber(digits);
    return (traits & this.plan.traits) === 0 ? undefined : this.search(digits, traits);
  }

  private search(text: string, traits: number): Change | undefined {
    const { plan, fact } = this;
    const found = findValues(plan.detectors, traits, { text, keyWords: fact.words });
    return found.length === 0 ? undefined : this.changed(text, found);
  }

  private changed(text: string, found: readonly Found[]): Change | undefined {
    const kinds: string[] = [];
    let result = '';
    let from = 0;
    let dropped = false;
    for (const { detector, start, end } of found) {
      const rule: RedactRule = this.plan.ruleOf.get(detector.kind)!;
      this.counts.add(detector.kind, rule);
      if (rule.action === 'count') continue;
      kinds.push(detector.kind);
      if (rule.action === 'drop') {
        dropped = true;
        continue;
      }
      const value = text.slice(start, end);
      result += text.slice(from, start) + this.replacements.found(rule.action, detector, value);
      from = end;
    }
    if (kinds.length === 0) return undefined;
    return { kinds, text: dropped ? undefined : Buffer.from(result + text.slice(from), 'latin1') };
  }
}
