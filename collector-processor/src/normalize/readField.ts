import type { Attributes } from '../otlp/attributes';
import { VALUE_KIND } from '../otlp/valueKind';
import { REDACTED } from './aliases';
import type { Field } from './fields';
import type { KeyPlan } from './keyPlan';

export type List = Attributes<KeyPlan>;

/** Whether an attribute's text says anything. */
export const isTold = (text: string): boolean => text !== '' && text !== REDACTED;

export const isFiniteNumber = (value: number): boolean => Number.isFinite(value);
/** A whole number from 0 up. */
export const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** The field's text in this list; empty when it does not tell it. */
export function firstText(list: Attributes<unknown>, plan: KeyPlan, field: Field): string {
  const at = plan.first[field]!;
  if (at < 0) return '';
  const text = list.text(at);
  return isTold(text) ? text : otherText(list, plan, field);
}

/** The field's text by its other keys, the preferred one being of no use. */
export function otherText(list: Attributes<unknown>, plan: KeyPlan, field: Field): string {
  for (const at of plan.others[field] ?? []) {
    const text = list.text(at);
    if (isTold(text)) return text;
  }
  return '';
}

/** The field's number in this list by the first key whose value is usable; NaN when there is none. */
export function firstNumber(
  list: List,
  plan: KeyPlan,
  field: Field,
  isUsable: (value: number) => boolean,
): number {
  const first = plan.first[field]!;
  if (first < 0) return NaN;
  const number = numberOf(list, first);
  if (isUsable(number)) return number;
  for (const at of plan.others[field] ?? []) {
    const other = numberOf(list, at);
    if (isUsable(other)) return other;
  }
  return NaN;
}

/** The number at this position; digits in a text count too, for some emitters send those. */
export function numberOf(list: List, at: number): number {
  if (list.kinds[at] !== VALUE_KIND.text) return list.number(at);
  const text = list.uniqueText(at);
  return text.trim() === '' ? NaN : Number(text);
}
