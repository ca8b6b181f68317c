import type { Attributes } from '../otlp/attributes';
import { VALUE_KIND } from '../otlp/valueKind';
import { REDACTED } from './aliases';
import { FIELD, type Field } from './fields';
import type { KeyPlan } from './keyPlan';

type List = Attributes<KeyPlan>;

/**
 * Reads canonical fields from the attributes of a span and its resource, or of an event, its span and its resource.
 * `own…` reads what only the innermost list may tell (usage, outputs, ids), `shared…` what an outer list may tell for
 * all (model, team, route), the innermost first.
 */
export class FieldReader {
  /** The innermost list. */
  private own!: List;
  private ownPlan!: KeyPlan;
  /** The span around an event; undefined when the innermost list is the span's. */
  private span: List | undefined;
  private spanPlan: KeyPlan | undefined;
  private resource!: List;
  private resourcePlan!: KeyPlan;

  openSpan(span: List, resource: List): void {
    this.own = span;
    this.ownPlan = span.shape.plan;
    this.span = this.spanPlan = undefined;
    this.resource = resource;
    this.resourcePlan = resource.shape.plan;
  }

  openEvent(event: List, span: List, resource: List): void {
    this.openSpan(event, resource);
    this.span = span;
    this.spanPlan = span.shape.plan;
  }

  ownText(field: Field): string {
    return firstText(this.own, this.ownPlan, field);
  }

  /** As `ownText`, for values that hardly repeat. */
  ownUniqueText(field: Field): string {
    const at = this.ownPlan.first[field]!;
    if (at < 0) return '';
    const text = this.own.uniqueText(at);
    return isTold(text) ? text : textAt(this.own, this.ownPlan, field, at);
  }

  sharedText(field: Field): string {
    const text = firstText(this.own, this.ownPlan, field);
    return text === '' ? this.outerText(field) : text;
  }

  /** What the resource says, else the span, else the event: for what a process is, whoever calls through it. */
  processText(field: Field): string {
    const text = firstText(this.resource, this.resourcePlan, field);
    return text === '' ? this.sharedText(field) : text;
  }

  /** A number as told, in text too; NaN when there is none. */
  ownNumber(field: Field): number {
    const at = this.ownPlan.first[field]!;
    return at < 0 ? NaN : numberAt(this.own, this.ownPlan, field, at, isFiniteNumber);
  }

  /** A whole number from 0 up; NaN when there is none. */
  ownCount(field: Field): number {
    const at = this.ownPlan.first[field]!;
    return at < 0 ? NaN : numberAt(this.own, this.ownPlan, field, at, isCount);
  }

  sharedNumber(field: Field): number {
    const own = this.ownNumber(field);
    if (!Number.isNaN(own)) return own;
    const { span, spanPlan, resource, resourcePlan } = this;
    if (span !== undefined && spanPlan!.first[field]! >= 0) {
      const number = numberAt(span, spanPlan!, field, spanPlan!.first[field]!, isFiniteNumber);
      if (!Number.isNaN(number)) return number;
    }
    const at = resourcePlan.first[field]!;
    return at < 0 ? NaN : numberAt(resource, resourcePlan, field, at, isFiniteNumber);
  }

  /**
   * The version of this model. An outer list is believed unless it tells another model, whose version it then is.
   */
  versionOf(model: string): string {
    const own = this.ownText(FIELD.version);
    if (own !== '') return own;
    const { span, spanPlan, resource, resourcePlan } = this;
    if (span !== undefined) {
      if (!tellsOther(span, spanPlan!, model)) {
        const text = firstText(span, spanPlan!, FIELD.version);
        if (text !== '') return text;
      }
    }
    return tellsOther(resource, resourcePlan, model)
      ? ''
      : firstText(resource, resourcePlan, FIELD.version);
  }

  private outerText(field: Field): string {
    if (this.span !== undefined) {
      const text = firstText(this.span, this.spanPlan!, field);
      if (text !== '') return text;
    }
    return firstText(this.resource, this.resourcePlan, field);
  }
}

/** Whether an attribute's text says anything. */
export const isTold = (text: string): boolean => text !== '' && text !== REDACTED;

const isFiniteNumber = (value: number): boolean => Number.isFinite(value);
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** The number at this position; digits in a text count too, for some emitters send those. */
export function numberOf(list: List, at: number): number {
  if (list.kinds[at] !== VALUE_KIND.text) return list.number(at);
  const text = list.uniqueText(at);
  return text.trim() === '' ? NaN : Number(text);
}

/** The field's text in this list; empty when it does not tell it. */
function firstText(list: List, plan: KeyPlan, field: Field): string {
  const at = plan.first[field]!;
  return at < 0 ? '' : textAt(list, plan, field, at);
}

function tellsOther(list: List, plan: KeyPlan, model: string): boolean {
  const told = firstText(list, plan, FIELD.model);
  return told !== '' && told !== model;
}

function textAt(list: List, plan: KeyPlan, field: Field, first: number): string {
  const text = list.text(first);
  if (isTold(text)) return text;
  for (const at of plan.others[field] ?? []) {
    const other = list.text(at);
    if (isTold(other)) return other;
  }
  return '';
}

function numberAt(
  list: List,
  plan: KeyPlan,
  field: Field,
  first: number,
  isUsable: (value: number) => boolean,
): number {
  const number = numberOf(list, first);
  if (isUsable(number)) return number;
  for (const at of plan.others[field] ?? []) {
    const other = numberOf(list, at);
    if (isUsable(other)) return other;
  }
  return NaN;
}
