import type { ClickHouseClient } from '@clickhouse/client';
import { createStatements, type Statements } from '../monitor/statements';

const NEVER = new AbortController().signal;
/** A command reads ranges of any length. */
const STATEMENT_TIMEOUT_MS = 600_000;

/** Statements of a command, which ends only by itself. */
export const commandStatements = (
  client: ClickHouseClient,
  statementTimeoutMs = STATEMENT_TIMEOUT_MS,
): Statements =>
  createStatements(client, { statementTimeoutMs }, { stopping: NEVER, abandoning: NEVER });
