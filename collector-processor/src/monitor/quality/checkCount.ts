import type { ShareCount } from '../drift/shareTest';

/** How often an hour broke a check, and what is known of how often that is usual. */
export interface CheckCount {
  /** '' is the model as a whole. */
  readonly feature: string;
  readonly check: string;
  readonly violations: number;
  readonly n: number;
  /** In the baseline; undefined: only earlier hours tell. */
  readonly reference: ShareCount | undefined;
  /** Of a contract: the share that is allowed. No baseline is needed then. */
  readonly tolerance?: number | undefined;
  /** A p-value of the count by itself, where there is a better one than that of a share. */
  readonly ownP?: number | undefined;
  /** True: only a week of hours tells whether it is unusual, so that it is no broken feed before. */
  readonly needsHours?: boolean;
  /** False: for people to look at, not to be woken by. */
  readonly mayPage: boolean;
  readonly detail: string;
  readonly baseline: string;
}

/** The same check in an earlier hour. */
export interface EarlierCount extends ShareCount {
  readonly timeMs: number;
}
