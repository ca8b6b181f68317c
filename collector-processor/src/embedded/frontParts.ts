import type { IncomingMessage } from 'node:http';
import type { NamedSessions } from './namedSessions';
import type { Chdb } from './openChdb';
import type { Reply } from './reply';
import type { RequestOptions } from './requestOptions';
import type { ResultPipes } from './resultPipes';
import type { RunningStatement } from './runningStatement';
import type { SessionPool } from './sessionPool';
import type { EmbeddedLimits, EmbeddedUser } from './settings';
import type { Slots } from './slots';
import type { SourceGuard } from './sourceGuard';
import type { Spool } from './spool';
import type { UsageCounts } from './usageCounts';

/** What the requests share. */
export interface FrontParts {
  readonly chdb: Chdb;
  readonly pool: SessionPool;
  readonly sessions: NamedSessions;
  readonly pipes: ResultPipes;
  readonly spool: Spool;
  /** undefined: statements may reach anything. */
  readonly guard: SourceGuard | undefined;
  readonly querySlots: Slots;
  readonly insertSlots: Slots;
  readonly uploadSlots: Slots;
  readonly counts: UsageCounts;
  /** Statements other than inserts that run now. */
  readonly running: Set<RunningStatement>;
  readonly limits: EmbeddedLimits;
}

/** One request whose sender is known. */
export interface FrontRequest {
  readonly incoming: IncomingMessage;
  readonly reply: Reply;
  readonly options: RequestOptions;
  readonly user: EmbeddedUser;
  /** The user may only read, or this request says so by its method. */
  readonly readOnly: boolean;
  /** Aborts when the client goes away. */
  readonly gone: AbortSignal;
}
