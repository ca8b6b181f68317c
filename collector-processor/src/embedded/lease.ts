import type { ChdbResult } from 'chdb';
import type { ChdbConnection } from './openChdb';
import type { RequestState } from './requestState';

export interface LeaseRequest {
  readonly state: RequestState;
  readonly readOnly: boolean;
  /** The statement leaves nothing behind on the connection, as a SET or a temporary table would. */
  readonly traceless: boolean;
}

/** The use of a connection for one request; the request's state is on it. */
export interface Lease {
  readonly connection: ChdbConnection;
  run(sql: string, format?: string): Promise<ChdbResult>;
  /** To be called once, after the last statement has ended. */
  end(): void;
}
