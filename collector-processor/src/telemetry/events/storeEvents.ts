import { createBoundedLabel } from '../boundedLabel';
import type { Instruments } from '../instruments';

export interface BlockInserted {
  readonly table: string;
  readonly rows: number;
  readonly bytes: number;
  readonly durationMs: number;
}

export interface InsertFailed {
  readonly table: string;
  /** ClickHouse's error code, or the name of a network error. */
  readonly code: string | number;
  readonly reason: string;
  /** What is done about it: `retry`, `split`, `refuse`, … */
  readonly class: string;
}

export interface RowsDeadLettered {
  readonly table: string;
  readonly rows: number;
  readonly reason: string;
  /** False: there was no room for them, and they are lost. */
  readonly kept: boolean;
}

export interface StoreNotOpened {
  readonly reason: string;
  readonly inMs: number;
}

export interface MigrationApplied {
  readonly name: string;
  readonly durationMs: number;
}

export interface RetentionChanged {
  readonly table: string;
  /** Days, null: for ever. */
  readonly before: number | string | null;
  readonly after: number | string | null;
}

/** Batches of rows on their way into ClickHouse. */
const createInsertEvents = (instruments: Instruments) => {
  const rowsTotal = instruments.counter(
    'plumbline_rows_inserted_total',
    'Rows committed to ClickHouse.',
    ['table'],
  );
  const bytesTotal = instruments.counter(
    'plumbline_inserted_bytes_total',
    'Bytes of the blocks committed to ClickHouse, before compression.',
    ['table'],
  );
  const seconds = instruments.seconds(
    'plumbline_insert_duration_seconds',
    'Duration of one committed insert.',
    ['table'],
  );
  const failed = instruments.counter(
    'plumbline_inserts_failed_total',
    'Inserts that failed, by ClickHouse code and what is done about it.',
    ['table', 'class', 'code'],
  );
  const boundedCode = createBoundedLabel(50);
  return {
    blockInserted: ({ table, rows, bytes, durationMs }: BlockInserted): void => {
      rowsTotal.inc({ table }, rows);
      bytesTotal.inc({ table }, bytes);
      seconds.observe({ table }, durationMs / 1000);
    },
    insertFailed: ({ table, code, reason, class: kind }: InsertFailed): void => {
      const label = String(code);
      failed.inc({ table, class: kind, code: boundedCode(label) });
      const fields = { table, code, reason, class: kind };
      instruments.logLimited(
        'warn',
        'insertFailed',
        `${table}\n${label}`,
        fields,
        'an insert failed',
      );
    },
  };
};

/** Rows that ClickHouse will never take: none goes without being counted. */
const createLossEvents = (instruments: Instruments) => {
  const deadLettered = instruments.counter(
    'plumbline_rows_dead_lettered_total',
    'Rows that ClickHouse refused for good, kept in the dead-letter folder.',
    ['table', 'reason'],
  );
  const dropped = instruments.counter(
    'plumbline_rows_dropped_total',
    'Rows that ClickHouse refused for good and for which the dead-letter folder had no room.',
    ['table', 'reason'],
  );
  const bounded = createBoundedLabel(50);
  return {
    rowsDeadLettered: ({ table, rows, reason, kept }: RowsDeadLettered): void => {
      (kept ? deadLettered : dropped).inc({ table, reason: bounded(reason) }, rows);
      const fields = { table, count: rows, reason, kept };
      const message = kept ? 'dead-lettered rows' : 'lost rows: no room in the dead-letter folder';
      instruments.logLimited('error', 'rowsDeadLettered', `${table}\n${reason}`, fields, message);
    },
  };
};

/** The store at start. */
const createOpeningEvents = (instruments: Instruments) => {
  const failed = instruments.counter(
    'plumbline_store_opens_failed_total',
    'Attempts to make the store ready at start that failed; senders are told to try again meanwhile.',
    [],
  );
  return {
    storeNotOpened: ({ reason, inMs }: StoreNotOpened): void => {
      failed.inc();
      const fields = { reason, inMs };
      instruments.logLimited('warn', 'storeNotOpened', reason, fields, 'the store is not ready');
    },
  };
};

/** What happens to the tables themselves. */
const createSchemaEvents = (instruments: Instruments) => {
  const migrations = instruments.counter(
    'plumbline_migrations_applied_total',
    'Schema migrations applied by this process.',
    [],
  );
  const retention = instruments.counter(
    'plumbline_retention_changed_total',
    'Tables whose retention was not as configured at start and was set.',
    ['table'],
  );
  return {
    migrationApplied: ({ name, durationMs }: MigrationApplied): void => {
      migrations.inc();
      instruments.log(
        'info',
        'migrationApplied',
        { name, durationMs: Math.round(durationMs) },
        'applied a migration',
      );
    },
    retentionChanged: ({ table, before, after }: RetentionChanged): void => {
      retention.inc({ table });
      instruments.log(
        'warn',
        'retentionChanged',
        { table, before, after },
        'changed the retention of a table',
      );
    },
  };
};

export const createStoreEvents = (instruments: Instruments) => ({
  ...createInsertEvents(instruments),
  ...createLossEvents(instruments),
  ...createOpeningEvents(instruments),
  ...createSchemaEvents(instruments),
});
