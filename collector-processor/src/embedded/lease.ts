import type { ChdbResult } from 'chdb';
import type { ChdbConnection } from './openChdb';

/** The use of a connection for one request; the request's state is on it. */
export interface Lease {
  readonly connection: ChdbConnection;
  run(sql: string, format?: string): Promise<ChdbResult>;
  /** To be called once, after the last statement has ended. */
  end(): Promise<void>;
}
