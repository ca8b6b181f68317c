import { createHash } from 'node:crypto';
import { type Document, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { NO_END_MS, type PriceRow } from '../../core/priceRow';
import { parseDayHours } from './dayHours';
import { parseMatch } from './matchClause';
import { PRICE_BUCKETS } from './priceBuckets';

/** Start of the `price_version` of every row of an override file; the rest is a hash of its text. */
export const OVERRIDE_PREFIX = 'contracts@';

/** What an override file says, or every reason why it cannot be used, each with key and value. */
export type Overrides =
  | { readonly ok: true; readonly version: string; readonly rows: readonly PriceRow[] }
  | { readonly ok: false; readonly errors: readonly string[] };

const name = z.string().trim().min(1).max(256);

/** Currency per million; nine decimals are kept and more are refused, so that no price is rounded. */
const price = z
  .number()
  .min(0)
  .max(9_000_000)
  .refine(
    (value) => Math.abs(value * 1e9 - Math.round(value * 1e9)) <= Math.max(1e-3, value * 1e-6),
    'more than nine decimals',
  );

const prices = z.record(z.string(), price).superRefine((amounts, context) => {
  const names = Object.keys(amounts);
  if (names.length === 0)
    context.addIssue({ code: 'custom', message: 'expected at least one price' });
  for (const bucket of names)
    if (!PRICE_BUCKETS.has(bucket))
      context.addIssue({
        code: 'custom',
        path: [bucket],
        message: `unknown bucket; known are ${[...PRICE_BUCKETS].join(', ')}`,
      });
});

const isTime = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$/.test(text) && !Number.isNaN(Date.parse(text));
const time = z
  .string()
  .refine(isTime, 'expected a date or time in UTC: 2026-01-31 or 2026-01-31T12:00:00Z');

const entry = z
  .strictObject({
    provider: name,
    match: z.string().superRefine((text, context) => {
      const clause = parseMatch(text);
      if (typeof clause === 'string') context.addIssue({ code: 'custom', message: clause });
      else if (clause.hours !== undefined)
        context.addIssue({ code: 'custom', message: 'give hours as hours_utc' });
    }),
    model: name.optional(),
    tenant: name.optional(),
    service_tier: name.optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code')
      .default('USD'),
    valid_from: time.default('1970-01-01'),
    valid_to: time.optional(),
    hours_utc: z
      .string()
      .refine((text) => parseDayHours(text) !== undefined, 'expected HH:MM-HH:MM')
      .optional(),
    per_million: prices,
    above: z
      .array(z.strictObject({ tokens: z.int().min(1).max(1e12), per_million: prices }))
      .max(16)
      .default([]),
    per_request: z.number().min(0).max(9).optional(),
    note: name.optional(),
  })
  .refine(
    ({ valid_from: from, valid_to: to }) => to === undefined || Date.parse(from) < Date.parse(to),
    {
      path: ['valid_to'],
      message: 'must be after valid_from',
    },
  );

const file = z.strictObject({ prices: z.array(entry).max(10_000) });

type Entry = z.infer<typeof entry>;

const nano = (amount: number): number => Math.round(amount * 1e9);

function rowsOf(item: Entry, priceVersion: string): PriceRow[] {
  const row = {
    tenant: item.tenant ?? '',
    provider: item.provider.toLowerCase(),
    modelMatch:
      item.hours_utc === undefined ? item.match : `${item.match} & hours:${item.hours_utc}`,
    modelId: item.model ?? item.match.slice(item.match.indexOf(':') + 1),
    serviceTier: item.service_tier?.toLowerCase() ?? '',
    currency: item.currency,
    validFromMs: Date.parse(item.valid_from),
    validToMs: item.valid_to === undefined ? NO_END_MS : Date.parse(item.valid_to),
    source: 'contracts',
    priceVersion,
    rule: `contract ${item.provider}:${item.model ?? item.match}${item.note === undefined ? '' : ` (${item.note})`}`,
  };
  const tiers = [{ tokens: 0, per_million: item.per_million }, ...item.above];
  const rows = tiers.flatMap(({ tokens, per_million: amounts }) =>
    Object.entries(amounts).map(([bucket, amount]) => ({
      ...row,
      bucket,
      nanoPerMillion: nano(amount),
      tierStartTokens: tokens,
    })),
  );
  if (item.per_request === undefined) return rows;
  const fee = {
    bucket: 'request',
    nanoPerMillion: nano(item.per_request) * 1e6,
    tierStartTokens: 0,
  };
  return [...rows, { ...row, ...fee }];
}

function unaliased(document: Document): unknown {
  const aliases: string[] = [];
  visit(document, {
    Alias: (_key, { source }) => {
      aliases.push(source);
    },
  });
  return aliases.length > 0 ? undefined : document.toJS();
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${String(key)}`,
    '',
  );

function errorOf(issue: z.core.$ZodIssue, document: unknown): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${pathOf([...issue.path, key])}: unknown key`);
  const value = issue.path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    document,
  );
  const shown = value === undefined ? '' : ` ${JSON.stringify(value).slice(0, 100)}`;
  return [`${pathOf(issue.path) || 'the file'}${shown}: ${issue.message}`];
}

/**
 * Reads the text of an override file: YAML (or JSON, which is YAML) with the prices of contracts.
 *
 * ```yaml
 * prices:
 *   - provider: azure              # as the price book names it, or as your services tell it; "*": any
 *     match: equals:gpt-4o         # kinds: equals, starts_with, ends_with, contains, regex; several joined by " & "
 *     model: gpt-4o                # a name for people; default: the text of match
 *     tenant: search               # default: every tenant
 *     service_tier: batch          # default: the standard tier
 *     currency: EUR                # default: USD
 *     valid_from: 2026-01-01       # UTC, default: always
 *     valid_to: 2026-07-01         # exclusive, default: no end
 *     hours_utc: 00:30-16:30       # default: all day
 *     per_million: { input: 2.2, cache_read: 1.1, output: 8.8 }   # the token buckets of Plumbline
 *     above:                       # the whole call, when it has more input tokens than this
 *       - { tokens: 200000, per_million: { input: 4.4, cache_read: 2.2, output: 13.2 } }
 *     per_request: 0.001
 *     note: order form 2026-17     # for people, part of the rule text
 * ```
 *
 * An entry stands for itself: a bucket that it does not list has no price, since the list price may not be the
 * contract's. Entries win over the price book, whatever the book says.
 */
export function readOverrides(text: string): Overrides {
  const document = parseDocument(text);
  const wrong = [...document.errors, ...document.warnings].map(({ message }) => message);
  if (wrong.length > 0) return { ok: false, errors: wrong };
  // Aliases could blow a small file up; prices need none.
  const content = unaliased(document);
  if (content === undefined) return { ok: false, errors: ['the file: aliases are not allowed'] };
  const parsed = file.safeParse(content);
  if (!parsed.success)
    return { ok: false, errors: parsed.error.issues.flatMap((issue) => errorOf(issue, content)) };
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const version = `${OVERRIDE_PREFIX}${digest}`;
  return { ok: true, version, rows: parsed.data.prices.flatMap((item) => rowsOf(item, version)) };
}
