/** Each may do what those before it may. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whether `role` may do what needs `needed`. */
export const mayAct = (role: Role, needed: Role): boolean =>
  ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** Who calls, beyond doubt. */
export interface Caller {
  readonly tenant: string;
  readonly role: Role;
  readonly via: 'token' | 'grafana';
  /** Stays the same when a person is renamed: `token:<name>`, `user:<number>`, `service-account:<number>`. */
  readonly actor: string;
  /** What else Grafana calls a person for good; empty for tokens. */
  readonly actorId: string;
  /** What people call it; may change. */
  readonly actorName: string;
  /** A shared identity, which must not write. */
  readonly anonymous: boolean;
}
