import type { ScopeView } from '../otlp/scopeView';
import { FIELD, FIELD_COUNT, type Field } from './fields';
import type { KeyPlan } from './keyPlan';
import { firstText } from './readField';

type View = ScopeView<KeyPlan>;

/** What a resource may tell for all of its spans. */
const SHARED: readonly Field[] = [
  FIELD.provider,
  FIELD.model,
  FIELD.version,
  FIELD.modelType,
  FIELD.service,
  FIELD.environment,
  FIELD.team,
  FIELD.route,
  FIELD.dataSource,
  FIELD.samplerType,
  FIELD.samplerMark,
  FIELD.flagKey,
  FIELD.flagVariant,
];

/** What holds for all items of one scope: read once, not once per item. */
export class Surroundings {
  /** Texts of the resource by field, empty where it tells nothing. */
  readonly resource: string[] = new Array<string>(FIELD_COUNT).fill('');
  scope = '';
  scopeVersion = '';
  private view: View | undefined;
  private serial = -1;

  /** Brings this up to date with the scope that the view is in. */
  enter(view: View): void {
    if (this.view === view && this.serial === view.scopeSerial) return;
    this.view = view;
    this.serial = view.scopeSerial;
    const { plan } = view.resource.shape;
    for (const field of SHARED) this.resource[field] = firstText(view.resource, plan, field);
    this.scope = view.text(view.scopeName);
    this.scopeVersion = view.text(view.scopeVersion);
  }
}
