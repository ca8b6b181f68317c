import {
  type ModelIdentity,
  SIGNAL_KEYS,
  type SpanSignal,
  type SpanSignals,
} from '../core/spanSignal';
import { attributeField } from '../otlp/attributeField';
import type { DriftSignal } from './signalRows';

/** Number of `attributes` in a `Span`. */
const ATTRIBUTES = 9;

const keyOf = ({ tenant, environment, model, version }: ModelIdentity): string =>
  `${model}\n${version}\n${environment}\n${tenant}`;

/** The attributes of a model's spans: status, score and baseline, or the status alone where there is no score. */
function spanSignalOf({ status, score, baseline }: DriftSignal): SpanSignal {
  const values = score === null || baseline === '' ? [status] : [status, score, baseline];
  return {
    texts: values.map(String),
    bytes: Buffer.concat(
      values.map((value, index) => attributeField(ATTRIBUTES, SIGNAL_KEYS[index]!, value)),
    ),
  };
}

/** The latest drift status of models, for the spans that follow. */
export class SpanSignalCache implements SpanSignals {
  private readonly known = new Map<string, SpanSignal>();
  /** Spans of one model come together: the last answer is mostly the next one. */
  private last: ModelIdentity = { tenant: '', environment: '', model: '', version: '' };
  private found: SpanSignal | undefined;

  get size(): number {
    return this.known.size;
  }

  of(identity: ModelIdentity): SpanSignal | undefined {
    if (this.known.size === 0) return undefined;
    const { tenant, environment, model, version } = identity;
    const { last } = this;
    if (
      model !== last.model ||
      version !== last.version ||
      environment !== last.environment ||
      tenant !== last.tenant
    ) {
      // A copy: the hot path uses one inference again and again.
      this.last = { tenant, environment, model, version };
      this.found = this.known.get(keyOf(identity));
    }
    return this.found;
  }

  /** Puts these in place of all that was known; an empty list when nothing is fresh enough to be told. */
  replace(models: readonly DriftSignal[]): void {
    this.known.clear();
    for (const one of models) this.known.set(keyOf(one), spanSignalOf(one));
    this.last = { tenant: '', environment: '', model: '', version: '' };
    this.found = this.known.get(keyOf(this.last));
  }
}
