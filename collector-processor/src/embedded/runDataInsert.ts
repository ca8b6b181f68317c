import type { FrontParts, FrontRequest } from './frontParts';
import { ClickHouseError } from './clickHouseError';
import type { InsertHead } from './insertHead';
import { quoteText } from './quote';
import { summaryOf } from './reply';
import { expectedBytes } from './requestBody';
import { startStatement } from './runningStatement';
import type { SpooledBody } from './spool';
import { withLease } from './withLease';

/** Runs an insert whose data comes in the request: first the whole body into a file, then the file into the table. */
export async function runDataInsert(
  parts: FrontParts,
  request: FrontRequest,
  head: InsertHead,
  data: AsyncIterable<Buffer>,
): Promise<void> {
  // A sender that is slow or stops in the middle holds a place for uploads, but none of the engine's.
  const releaseUpload = await parts.uploadSlots.take(request.gone);
  try {
    const body = await parts.spool.write(
      data,
      expectedBytes(request.incoming, parts.limits.bodyBytes),
    );
    try {
      await insertFile(parts, request, head, body);
    } finally {
      await body.remove();
    }
  } finally {
    releaseUpload();
  }
}

async function insertFile(
  parts: FrontParts,
  request: FrontRequest,
  head: InsertHead,
  body: SpooledBody,
): Promise<void> {
  const outcome = await withLease(
    parts,
    request,
    { slots: parts.insertSlots, traceless: true },
    (lease, seconds) => {
      parts.counts.inserts += 1;
      // From here on it is carried out even if the client goes away: half an insert helps nobody.
      const sql = fromFile(head, body.path);
      return startStatement(parts.chdb, lease, sql, { format: 'Null', seconds }).done;
    },
  );
  if (outcome instanceof ClickHouseError)
    throw outcome.rewrite((text) => text.replaceAll(infileClause(body.path), ''));
  request.reply.send('TabSeparated', Buffer.alloc(0), summaryOf(outcome, true));
}

const infileClause = (path: string): string => ` FROM INFILE ${quoteText(path)} COMPRESSION 'none'`;

/** The insert with its data coming from a file. */
const fromFile = ({ into, settings, format }: InsertHead, path: string): string =>
  `${into}${infileClause(path)} ${settings} FORMAT ${format}`;
