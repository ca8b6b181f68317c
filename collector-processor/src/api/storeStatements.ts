import type { ClickHouseClient } from '@clickhouse/client';
import { createStatements, type Statements } from '../monitor/statements';

const NEVER = new AbortController().signal;
/** Longer than an answer is waited for: a write that somebody asked for is finished all the same. */
const STATEMENT_TIMEOUT_MS = 300_000;

/** The store as the monitor's functions ask for it. `signal`: gives up with whoever waits for the answer. */
export const storeStatements = (
  store: ClickHouseClient,
  signal: AbortSignal = NEVER,
  statementTimeoutMs = STATEMENT_TIMEOUT_MS,
): Statements =>
  createStatements(store, { statementTimeoutMs }, { stopping: signal, abandoning: signal });
