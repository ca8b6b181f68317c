import type { ChdbResult } from 'chdb';
import { ClickHouseError } from './clickHouseError';
import type { FrontParts, FrontRequest } from './frontParts';
import type { Lease } from './lease';
import { summaryOf } from './reply';
import type { RequestOptions } from './requestOptions';
import { runRead } from './runRead';
import { cancelWhenGone, startStatement } from './runningStatement';
import type { RunningStatement } from './runningStatement';
import type { Statement } from './statement';
import { countError } from './usageCounts';
import { withLease } from './withLease';

/** As a server does, a result is held back up to the length of a buffer. */
const HOLD_BYTES = 65_536;

/** Runs a statement that brings no data, in a slot for queries that it holds until the engine is done with it. */
export async function runStatement(
  parts: FrontParts,
  request: FrontRequest,
  statement: Statement,
): Promise<void> {
  const traceless = statement.kind === 'select' || statement.kind === 'describe';
  const outcome = await withLease(
    parts,
    request,
    { slots: parts.querySlots, traceless },
    async (lease, seconds) => {
      parts.counts.queries += 1;
      const start: Start = (sql, format) => started(parts, lease, sql, { format, seconds });
      return statement.kind === 'select'
        ? select(parts, request, statement, start)
        : command(request, statement, start);
    },
  );
  if (outcome instanceof ClickHouseError) countError(parts.counts, outcome);
}

type Start = (sql: string, format: string) => RunningStatement;

function started(
  { chdb, counts, running }: FrontParts,
  lease: Lease,
  sql: string,
  settings: { readonly format: string; readonly seconds: number },
): RunningStatement {
  const statement = startStatement(chdb, lease, sql, settings);
  statement.cancelled.addEventListener('abort', () => (counts.cancelled += 1));
  running.add(statement);
  void statement.done.then(() => running.delete(statement));
  return statement;
}

async function select(
  { pipes, limits }: FrontParts,
  { reply, options, incoming, gone }: FrontRequest,
  statement: Statement,
  start: Start,
): Promise<ChdbResult | ClickHouseError> {
  const pipe = pipes.take();
  const format = formatOf(statement, options);
  const accepts = /\bgzip\b/.test(incoming.headers['accept-encoding'] ?? '');
  try {
    return await runRead({ reply, gone, pipe, start: (sql) => start(sql, format) }, statement, {
      format,
      gzip: options.compressResponse && accepts,
      holdBytes: options.waitEnd ? limits.heldResponseBytes : HOLD_BYTES,
      allOrNothing: options.waitEnd,
    });
  } finally {
    pipes.giveBack(pipe);
  }
}

async function command(
  { reply, options, gone }: FrontRequest,
  statement: Statement,
  start: Start,
): Promise<ChdbResult | ClickHouseError> {
  const format = formatOf(statement, options);
  const running = start(statement.text, format);
  const unwatch = cancelWhenGone(running, gone);
  const outcome = await running.done;
  unwatch();
  if (reply.response.destroyed) return outcome;
  if (outcome instanceof ClickHouseError) reply.fail(outcome);
  else
    reply.send(
      format,
      Buffer.from(outcome.bytes()),
      summaryOf(outcome, statement.kind === 'command'),
    );
  return outcome;
}

const formatOf = (statement: Statement, options: RequestOptions): string =>
  statement.format ?? options.defaultFormat ?? 'TabSeparated';
