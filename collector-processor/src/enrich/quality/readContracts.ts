import { type Document, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { FEATURE_TYPES, type FeatureContract, type ModelContract } from '../../core/contract';

/** What a contract file says, or every reason why it cannot be used: each names model, feature, key and value. */
export type Contracts =
  | { readonly ok: true; readonly models: readonly ModelContract[] }
  | { readonly ok: false; readonly errors: readonly string[] };

const MOST_MODELS = 10_000;
const MOST_FEATURES = 10_000;
const MOST_ALLOWED = 10_000;

const name = z.string().min(1, 'must not be empty').max(256, 'must not be longer than 256');

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
};

const feature = z
  .strictObject({
    required: z.boolean().default(false),
    type: z.enum(FEATURE_TYPES).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    allowed: z
      .array(z.union([z.string(), z.number(), z.boolean()]).transform(String))
      .min(1, 'must name a value')
      .max(MOST_ALLOWED, `must not be more than ${MOST_ALLOWED}`)
      .optional(),
    pattern: z
      .string()
      .min(1, 'must not be empty')
      .max(1000, 'must not be longer than 1000')
      .refine(isPattern, 'must be a regular expression')
      .optional(),
    tolerance: z
      .number()
      .min(0, 'must be 0 or more')
      .lt(1, 'must be less than 1, a share of the rows')
      .default(0),
  })
  .superRefine(({ type, min, max, pattern }, context) => {
    const refuse = (key: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [key], message });
    };
    if (min !== undefined && max !== undefined && min > max)
      refuse('min', `must not be more than max (${max})`);
    const isText = type === 'text' || type === 'boolean';
    if (isText && min !== undefined) refuse('min', `means nothing for type ${type}`);
    if (isText && max !== undefined) refuse('max', `means nothing for type ${type}`);
    if (pattern !== undefined && (type === 'number' || type === 'integer'))
      refuse('pattern', `means nothing for type ${type}`);
  });

const DURATION = /^(\d{1,6})(s|m|h|d)$/;
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const durationMs = (text: string): number => {
  const [, count, unit] = DURATION.exec(text)!;
  return Number(count) * UNIT_MS[unit!]!;
};

const model = z.strictObject({
  model: name,
  tenant: name.optional(),
  environment: name.optional(),
  version: name.optional(),
  freshness: z
    .string()
    .regex(DURATION, 'must be a time such as 30s, 15m, 2h or 1d')
    .refine((text) => !DURATION.test(text) || durationMs(text) > 0, 'must be more than 0')
    .optional(),
  features: z
    .record(name, feature)
    .refine(
      (features) => Object.keys(features).length <= MOST_FEATURES,
      `must not be more than ${MOST_FEATURES}`,
    )
    .default({}),
});

const file = z.strictObject({
  models: z.array(model).max(MOST_MODELS, `must not be more than ${MOST_MODELS}`),
});

/** Aliases could blow a small file up; contracts need none. */
function hasAlias(document: Document): boolean {
  let found = false;
  visit(document, {
    Alias: () => {
      found = true;
    },
  });
  return found;
}

const stepIn = (value: unknown, step: PropertyKey): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Record<PropertyKey, unknown>)[step]
    : undefined;

/** `model fraud, feature amount, min 5: …` */
function placeOf(path: readonly PropertyKey[], content: unknown): string {
  const [list, index, inModel, featureName, ...rest] = path;
  if (list !== 'models' || typeof index !== 'number') return path.map(String).join('.');
  const told = stepIn(stepIn(stepIn(content, 'models'), index), 'model');
  const called = typeof told === 'string' && told !== '' ? told : `models[${index}]`;
  const keys =
    inModel === 'features' && featureName !== undefined
      ? [`feature ${String(featureName)}`, rest.map(String).join('.')]
      : [path.slice(2).map(String).join('.')];
  return [`model ${called}`, ...keys].filter((part) => part !== '').join(', ');
}

function errorsOf(issue: z.core.$ZodIssue, content: unknown): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${placeOf([...issue.path, key], content)}: unknown key`);
  const value = issue.path.reduce(stepIn, content);
  const shown = value === undefined ? '' : ` ${JSON.stringify(value).slice(0, 100)}`;
  const reason = issue.message.replace(/^Invalid (?:input|option): /, '');
  return [`${placeOf(issue.path, content) || 'the file'}${shown}: ${reason}`];
}

const contractOf = (told: z.output<typeof feature>, featureName: string): FeatureContract => ({
  feature: featureName,
  required: told.required,
  type: told.type,
  min: told.min,
  max: told.max,
  allowed: told.allowed,
  pattern: told.pattern,
  tolerance: told.tolerance,
});

/**
 * Reads the text of a contract file: YAML (or JSON, which is YAML).
 *
 * ```yaml
 * models:
 *   - model: fraud          # as services name it; tenant, environment and version narrow it
 *     freshness: 15m        # longest time without a row: s, m, h, d
 *     features:
 *       amount: { required: true, type: number, min: 0, max: 100000, tolerance: 0.001 }
 *       country: { type: text, allowed: [DE, FR, IT] }
 *       zip: { pattern: '^[0-9]{5}$' }
 * ```
 */
export function readContracts(text: string): Contracts {
  const document = parseDocument(text);
  const wrong = [...document.errors, ...document.warnings].map(({ message }) => message);
  if (wrong.length > 0) return { ok: false, errors: wrong };
  if (hasAlias(document)) return { ok: false, errors: ['the file: aliases are not allowed'] };
  const content = document.toJS() as unknown;
  const parsed = file.safeParse(content);
  if (!parsed.success) {
    return { ok: false, errors: parsed.error.issues.flatMap((issue) => errorsOf(issue, content)) };
  }
  const models = parsed.data.models.map(({ freshness, features, ...identity }): ModelContract => ({
    model: identity.model,
    tenant: identity.tenant,
    environment: identity.environment,
    version: identity.version,
    freshnessMs: freshness === undefined ? undefined : durationMs(freshness),
    features: Object.entries(features).map(([key, told]) => contractOf(told, key)),
  }));
  return { ok: true, models };
}
