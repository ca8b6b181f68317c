/** Who evaluates the drill's rule and calls its webhook: a Grafana, or in its place the drill itself. */
export interface DrillAlerting {
  /** Evidence once the rule fires; undefined while it does not. */
  fires(): Promise<string | undefined>;
  /** Calls the webhook where nobody else does. */
  notify(): Promise<void>;
  /** What it last said about a rule that does not fire, for people; undefined: nothing. */
  readonly complaint: () => string | undefined;
  /** Takes away what it put in place. Resolves to what it could not take away. */
  close(): Promise<readonly string[]>;
}
