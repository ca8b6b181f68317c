import { z } from 'zod';
import { readRows } from '../readRows';
import { defineRead, ok } from '../route';

const entry = z.object({
  time: z.iso.datetime(),
  audit_id: z.string(),
  environment: z.string(),
  model: z.string(),
  version: z.string(),
  actor: z.string(),
  actor_id: z.string(),
  actor_name: z.string(),
  role: z.string(),
  via: z.enum(['token', 'grafana']),
  action: z.string(),
  object: z.string(),
  request: z
    .string()
    .meta({ description: 'JSON: what was asked for, without what may be private' }),
  outcome: z.enum(['started', 'accepted', 'refused', 'failed']),
  status: z.int(),
  reason: z.string(),
});

const time = z.iso.datetime({ offset: true });

/** Who changed what, the newest first. */
export const auditRoute = defineRead({
  path: '/audit',
  operationId: 'readAudit',
  summary: 'Read who changed what, or tried to',
  description:
    'Newest first. For the next page, `before` is the `time` of the last entry and `before_id` its `audit_id`.',
  role: 'admin',
  params: z.strictObject({}),
  query: z.strictObject({
    from: time.default('1970-01-01T00:00:00Z'),
    before: time.default('2100-01-01T00:00:00Z'),
    before_id: z.string().max(64).default(''),
    actor: z.string().max(256).default(''),
    action: z.string().max(128).default(''),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  answer: z.object({ entries: z.array(entry) }),
  async read({ query }, context) {
    const entries = await readRows<z.output<typeof entry>>(
      context,
      `SELECT ${Object.keys(entry.shape).join(', ')}
FROM v_audit
WHERE tenant = {tenant: String}
  AND time >= parseDateTime64BestEffort({from: String}, 3)
  AND time <= parseDateTime64BestEffort({before: String}, 3)
  AND (time, audit_id) < (parseDateTime64BestEffort({before: String}, 3), {before_id: String})
  AND ({actor: String} = '' OR actor = {actor: String})
  AND ({action: String} = '' OR action = {action: String})
ORDER BY time DESC, audit_id DESC
LIMIT {limit: UInt32}`,
      query,
    );
    return ok({ entries });
  },
});
