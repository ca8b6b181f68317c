import type { ScopeView } from '../otlp/scopeView';
import type { SpanView } from '../otlp/spanView';
import { FIELD, type Field } from './fields';
import type { KeyPlan } from './keyPlan';
import {
  firstNumber,
  firstText,
  isCount,
  isFiniteNumber,
  isTold,
  type List,
  otherText,
} from './readField';
import { Surroundings } from './surroundings';

type View = SpanView<KeyPlan, KeyPlan, KeyPlan>;

/**
 * Reads canonical fields from the attributes of a span and its resource, or of an event, its span and its resource; of a
 * log record likewise.
 * `own…` reads what only the innermost list may tell (usage, outputs, ids), `shared…` what an outer list may tell for
 * all (model, team, route), the innermost first.
 */
export class FieldReader {
  readonly surroundings = new Surroundings();
  /** Which groups of fields any of the lists tells something of. */
  groups = 0;
  /** The innermost list. */
  private own!: List;
  private ownPlan!: KeyPlan;
  /** The list around the innermost one: the span of an event; undefined when there is none. */
  private span: List | undefined;
  private spanPlan: KeyPlan | undefined;
  private resource!: List;

  openSpan(view: View): void {
    this.openAlone(view, view.attributes);
  }

  /** Reads the event that the view has opened, and its span. */
  openEvent(view: View): void {
    this.openInside(view, view.eventAttributes, view.attributes);
  }

  /** Reads a list, and another one around it: attributes and body of a log record. */
  openInside(view: ScopeView<KeyPlan>, own: List, outer: List): void {
    this.open(view, own);
    this.span = outer;
    this.spanPlan = outer.shape.plan;
    this.groups |= this.spanPlan.groups;
  }

  /** Reads a list that stands alone. */
  openAlone(view: ScopeView<KeyPlan>, own: List): void {
    this.open(view, own);
    this.span = this.spanPlan = undefined;
  }

  ownText(field: Field): string {
    return firstText(this.own, this.ownPlan, field);
  }

  /** As `ownText`, for values that hardly repeat. */
  ownUniqueText(field: Field): string {
    const at = this.ownPlan.first[field]!;
    if (at < 0) return '';
    const text = this.own.uniqueText(at);
    return isTold(text) ? text : otherText(this.own, this.ownPlan, field);
  }

  sharedText(field: Field): string {
    const own = firstText(this.own, this.ownPlan, field);
    if (own !== '') return own;
    if (this.span !== undefined) {
      const text = firstText(this.span, this.spanPlan!, field);
      if (text !== '') return text;
    }
    return this.surroundings.resource[field]!;
  }

  /** What the resource says, else the event, else the span: for what a process is, whoever calls through it. */
  processText(field: Field): string {
    const text = this.surroundings.resource[field]!;
    return text === '' ? this.sharedText(field) : text;
  }

  /** A number as told, in text too; NaN when there is none. */
  ownNumber(field: Field): number {
    return firstNumber(this.own, this.ownPlan, field, isFiniteNumber);
  }

  /** A whole number from 0 up; NaN when there is none. */
  ownCount(field: Field): number {
    return firstNumber(this.own, this.ownPlan, field, isCount);
  }

  sharedNumber(field: Field): number {
    const own = this.ownNumber(field);
    if (!Number.isNaN(own)) return own;
    if (this.span !== undefined) {
      const number = firstNumber(this.span, this.spanPlan!, field, isFiniteNumber);
      if (!Number.isNaN(number)) return number;
    }
    return firstNumber(this.resource, this.resource.shape.plan, field, isFiniteNumber);
  }

  /**
   * The version of this model. An outer list is believed unless it tells another model, whose version it then is.
   */
  versionOf(model: string): string {
    const own = this.ownText(FIELD.version);
    if (own !== '') return own;
    if (this.span !== undefined) {
      const told = firstText(this.span, this.spanPlan!, FIELD.model);
      if (told === '' || told === model) {
        const text = firstText(this.span, this.spanPlan!, FIELD.version);
        if (text !== '') return text;
      }
    }
    const { resource } = this.surroundings;
    const told = resource[FIELD.model]!;
    return told === '' || told === model ? resource[FIELD.version]! : '';
  }

  private open(view: ScopeView<KeyPlan>, own: List): void {
    this.surroundings.enter(view);
    this.own = own;
    this.ownPlan = own.shape.plan;
    this.resource = view.resource;
    this.groups = this.ownPlan.groups | view.resource.shape.plan.groups;
  }
}
