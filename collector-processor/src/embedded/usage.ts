/** What the engine does now and has done since its start; the supervisor gets it once a second. */
export interface EngineUsage {
  readonly runningQueries: number;
  readonly runningInserts: number;
  readonly waiting: number;
  readonly queries: number;
  readonly inserts: number;
  /** Requests that ended in an error, by ClickHouse code. */
  readonly errors: Readonly<Record<string, number>>;
  /** Statements ended because nobody waited for them any more or their time was over. */
  readonly cancelled: number;
  /** Engine connections that wait to be freed. */
  readonly lingeringSessions: number;
  /** Resident size of the child, bytes. */
  readonly residentBytes: number;
}
