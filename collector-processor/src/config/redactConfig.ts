import { z } from 'zod';
import {
  REDACT_ACTIONS,
  REDACT_CONTEXTS,
  REDACT_GROUPS,
  REDACT_KINDS,
  type RedactGroup,
  type RedactKind,
} from '../core/redaction';
import { text } from './fields';
import { section } from './section';

const SHORTEST_KEY = 16;
const MOST_RULES = 100;
const isGroup = (name: string): name is RedactGroup => Object.hasOwn(REDACT_GROUPS, name);
const isKind = (name: string): name is RedactKind =>
  (REDACT_KINDS as readonly string[]).includes(name);

/** Kinds and groups of kinds; comes out as kinds. */
const detect = z
  .array(
    z
      .string()
      .refine(
        (name) => isGroup(name) || isKind(name),
        `must be one of ${[...Object.keys(REDACT_GROUPS), ...REDACT_KINDS].join(', ')}`,
      ),
  )
  .min(1, 'must name a kind')
  .transform((names): readonly RedactKind[] => [
    ...new Set(
      names.flatMap((name) => (isGroup(name) ? REDACT_GROUPS[name] : isKind(name) ? [name] : [])),
    ),
  ]);

const rule = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'must be letters, digits, dots, dashes and underscores'),
    attributes: z.array(text(256)).min(1, 'must name an attribute').optional(),
    detect: detect.optional(),
    signals: z
      .array(z.enum(['traces', 'logs', 'metrics']))
      .min(1, 'must name a signal')
      .optional(),
    contexts: z.array(z.enum(REDACT_CONTEXTS)).min(1, 'must name a context').optional(),
    action: z.enum(REDACT_ACTIONS),
  })
  .superRefine(({ attributes, detect: kinds }, context) => {
    if ((attributes === undefined) === (kinds === undefined)) {
      context.addIssue({ code: 'custom', message: 'must have either attributes or detect' });
    }
  });

/** `redact`: what is changed in what services send, before it is stored or passed on. */
export const redactConfig = section({
  hashKey: z
    .string()
    .min(SHORTEST_KEY, `must be at least ${SHORTEST_KEY} characters`)
    .nullable()
    .default(null),
  rules: z
    .array(rule)
    .max(MOST_RULES, `must not be more than ${MOST_RULES}`)
    .superRefine((rules, context) => {
      const seen = new Set<string>();
      for (const [index, { name }] of rules.entries()) {
        if (seen.has(name)) {
          context.addIssue({ code: 'custom', path: [index, 'name'], message: 'is there twice' });
        }
        seen.add(name);
      }
    })
    .default([]),
}).superRefine(({ hashKey, rules }, context) => {
  if (hashKey === null && rules.some(({ action }) => action === 'hash')) {
    context.addIssue({
      code: 'custom',
      path: ['hashKey'],
      message: 'must be set, because a rule hashes',
    });
  }
});
