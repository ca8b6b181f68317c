/** Someone who may use the engine over HTTP. With no users configured everybody on the loopback is `default`. */
export interface EmbeddedUser {
  readonly name: string;
  readonly password: string;
  /** May read and change settings of his own queries, but not write, define or drop (as ClickHouse's `readonly = 2`). */
  readonly readOnly: boolean;
}

/** What the engine may use at most. At a limit the engine says no with a ClickHouse error, and counts it. */
export interface EmbeddedLimits {
  /** Statements other than data inserts that run at once. */
  readonly concurrentQueries: number;
  /** Data inserts that run at once; they never take a slot of a query, nor a query one of theirs. */
  readonly concurrentInserts: number;
  /** Requests of each of the two kinds that may wait for a slot. */
  readonly waitingRequests: number;
  /** How long a request waits for a slot, milliseconds. */
  readonly slotWaitMs: number;
  /** Request bodies that may be in reception at once. */
  readonly concurrentUploads: number;
  /** A request body after decompression, bytes. */
  readonly bodyBytes: number;
  /** Insert bodies held in memory-backed files at once, bytes; what does not fit goes to the data directory. */
  readonly memoryFileBytes: number;
  /** A response that the client wants held until it is complete (`wait_end_of_query=1`), bytes. */
  readonly heldResponseBytes: number;
  /** Memory of all queries, merges and caches together, bytes. */
  readonly memoryBytes: number;
  /** Memory of one query, bytes. */
  readonly queryMemoryBytes: number;
  /** Longest run time of a statement, seconds; also the default when a request asks for none. */
  readonly executionSeconds: number;
  /** Sessions that clients may keep open by `session_id`. */
  readonly namedSessions: number;
  /** Engine connections that may wait to be freed behind running statements. */
  readonly lingeringSessions: number;
}

export interface EmbeddedSettings {
  /** The data directory; made when missing. One process at a time may have it open. */
  readonly path: string;
  readonly host: string;
  /** 0 takes any free port, which then stays the same over restarts of the child. */
  readonly port: number;
  readonly users: readonly EmbeddedUser[];
  readonly limits: EmbeddedLimits;
  /** Lets statements read and write files, other servers and URLs (`file()`, `s3()`, `ENGINE = MySQL`, …). */
  readonly externalSources: boolean;
  /** Flushes each insert to the disk before it is acknowledged: no acknowledged row is lost when power fails. */
  readonly syncInserts: boolean;
  /** The compiled child program; the one beside this file unless told otherwise. */
  readonly script?: string;
}

const MIB = 1024 * 1024;

/**
 * Everything but the path. The memory limits keep the resident size of the child below 1,500 MB under saturation:
 * what ClickHouse tracks is less than what the process holds (code, allocator slack, V8, pipes).
 */
export const EMBEDDED_DEFAULTS: Omit<EmbeddedSettings, 'path'> = {
  host: '127.0.0.1',
  port: 8123,
  users: [],
  externalSources: false,
  syncInserts: false,
  limits: {
    concurrentQueries: 8,
    concurrentInserts: 2,
    waitingRequests: 256,
    slotWaitMs: 30_000,
    concurrentUploads: 16,
    bodyBytes: 256 * MIB,
    memoryFileBytes: 512 * MIB,
    heldResponseBytes: 64 * MIB,
    memoryBytes: 1024 * MIB,
    queryMemoryBytes: 768 * MIB,
    executionSeconds: 600,
    namedSessions: 64,
    lingeringSessions: 512,
  },
};
