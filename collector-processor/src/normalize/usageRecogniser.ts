import type { UsagePoint } from '../core/usagePoint';
import { METRIC_KIND, type MetricPlans, type MetricView } from '../otlp/metricView';
import { FIELD, type Field } from './fields';
import { compileKeyPlan, type KeyPlan } from './keyPlan';
import { modelTypeOf } from './modelTypes';
import { operationOf } from './operations';
import { canonicalProvider } from './providers';
import { firstText, isTold } from './readField';
import { identityOf } from './seriesHash';
import { fillBuckets } from './usageBuckets';
import {
  SERVER_ADDRESS_KEY,
  TOKEN_TYPE_KEYS,
  TOKEN_TYPES,
  UNIT_MS,
  USAGE_METRICS,
} from './usageMetrics';

/** What a list of attribute keys tells of a point. */
export interface PointPlan {
  readonly fields: KeyPlan;
  /** Positions of the keys that tell the kind of tokens, the preferred one first, and of the server; -1 without. */
  readonly tokenTypes: readonly number[];
  readonly serverAddress: number;
}

type View = MetricView<KeyPlan, PointPlan>;

const DELTA = 1;
const CUMULATIVE = 2;
const NO_VALUE = 1;

/** Makes usage of the points of metrics, whatever emitter sends them. */
export interface UsageRecogniser {
  readonly plans: MetricPlans<KeyPlan, PointPlan>;
  /** Whether the metric under the view tells usage. */
  wants(view: View): boolean;
  /** Fills the point, but for tenant and time of receipt; false when it tells nothing. */
  fill(view: View, point: UsagePoint): boolean;
}

const planOf = (keys: readonly string[]): PointPlan => ({
  fields: compileKeyPlan(keys),
  tokenTypes: TOKEN_TYPE_KEYS.map((key) => keys.indexOf(key)).filter((at) => at >= 0),
  serverAddress: keys.indexOf(SERVER_ADDRESS_KEY),
});

export function createUsageRecogniser(): UsageRecogniser {
  let resourceSerial = -1;
  let resource: Uint8Array = new Uint8Array(8);

  const fillIdentity = (view: View, point: UsagePoint): void => {
    if (resourceSerial !== view.resourceSerial) {
      resourceSerial = view.resourceSerial;
      resource = identityOf([], view.resource);
    }
    const texts = [point.metric, view.text(view.scopeName), view.text(view.scopeVersion)];
    point.resource = resource;
    point.series = identityOf(texts, view.resource, view.scopeAttributes, view.attributes);
  };

  return {
    plans: { resource: compileKeyPlan, point: planOf },
    wants: (view) =>
      USAGE_METRICS.has(view.text(view.name)) &&
      (view.temporality === DELTA || view.temporality === CUMULATIVE),
    fill(view, point) {
      point.metric = view.text(view.name);
      point.quantity = USAGE_METRICS.get(point.metric)!;
      if ((view.flags & NO_VALUE) !== 0 || !fillNumbers(view, point)) return false;
      point.timeMs = view.timeMs;
      point.startMs = view.startMs;
      point.cumulative = view.temporality === CUMULATIVE;
      fillLabels(view, point);
      fillIdentity(view, point);
      return true;
    },
  };
}

/** False when the point has no time or no number that counts. */
function fillNumbers(view: View, point: UsagePoint): boolean {
  const isTokens = point.quantity === 'tokens';
  const scale = isTokens ? 1 : UNIT_MS.get(view.text(view.unit));
  if (scale === undefined || view.timeMs === 0) return false;
  if (view.kind === METRIC_KIND.sum) {
    point.count = 0;
    point.sum = view.value;
    point.bounds.length = point.bucketCounts.length = 0;
    return isTokens && view.monotonic && point.sum >= 0;
  }
  point.count = view.count;
  point.sum = view.sum * scale;
  // The sum is optional in OTLP. Durations are counted without it; tokens are nothing but their sum.
  if (Number.isNaN(point.sum) && !isTokens) point.sum = 0;
  fillBuckets(view, scale, point.bounds, point.bucketCounts);
  return Number.isFinite(point.sum) && point.sum >= 0 && point.count >= 0;
}

function fillLabels(view: View, point: UsagePoint): void {
  const { attributes, resource } = view;
  const { fields, tokenTypes, serverAddress } = attributes.shape.plan;
  const own = (field: Field): string => firstText(attributes, fields, field);
  const outer = (field: Field): string => firstText(resource, resource.shape.plan, field);
  const process = (field: Field): string => outer(field) || own(field);

  const told = own(FIELD.operationName);
  const operation = operationOf(FIELD.operationName, told);
  point.operation = operation?.name ?? told;
  point.rollup = operation === undefined || operation.sort === 'leaf' ? 0 : 1;
  point.modelType = modelTypeOf(point.operation);
  const requested = own(FIELD.model);
  const answered = own(FIELD.version);
  point.model = requested || answered;
  point.version = answered || requested;
  point.provider = canonicalProvider(own(FIELD.provider));
  point.serviceTier = own(FIELD.serviceTier);
  point.errorType = own(FIELD.errorType);
  point.service = process(FIELD.service);
  point.environment = process(FIELD.environment);
  point.team = own(FIELD.team) || outer(FIELD.team);
  point.route = own(FIELD.route) || outer(FIELD.route);
  point.serverAddress = serverAddress < 0 ? '' : attributes.text(serverAddress);
  const word = tokenTypes.map((at) => attributes.text(at)).find(isTold) ?? '';
  point.bucket = point.quantity === 'tokens' ? (TOKEN_TYPES.get(word.toLowerCase()) ?? '') : '';
}
