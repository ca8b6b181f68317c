import { ClickHouseError } from './clickHouseError';
import type { FrontParts, FrontRequest } from './frontParts';
import { helloBlock, isHello } from './helloBlock';
import { readRequest } from './readRequest';
import { requestBody } from './requestBody';
import { runDataInsert } from './runDataInsert';
import { runStatement } from './runStatement';
import type { Statement } from './statement';

/** Does what a request asks for and answers it. Rejects with what is wrong with it when nothing was sent yet. */
export async function runRequest(parts: FrontParts, request: FrontRequest): Promise<void> {
  const { options, reply } = request;
  const body = requestBody(request.incoming, parts.limits.bodyBytes);
  const work = await readRequest(options.query, body, options.settings.get('max_query_size'));
  if (work.kind === 'insert') {
    if (request.readOnly) throw readOnly(request.user.name);
    parts.guard?.check(work.head.tokens);
    await runDataInsert(parts, request, work.head, work.data);
    return;
  }
  const { statement } = work;
  refuse(statement, request);
  parts.guard?.check(statement.tokens);
  if (options.clientRevision !== undefined && isHello(statement.text)) {
    reply.send('Native', helloBlock(parts.chdb.version, parts.chdb.timezone));
    return;
  }
  await runStatement(parts, request, statement);
}

function refuse(statement: Statement, { options, readOnly: mustRead, user }: FrontRequest): void {
  if (statement.kind === 'empty')
    throw ClickHouseError.of('SYNTAX_ERROR', 'Syntax error: Empty query');
  if (mustRead && statement.kind === 'command') throw readOnly(user.name);
  const words = statement.tokens.slice(0, 2).map((token) => token.value.toUpperCase());
  if (ENDS_PROCESS.has(words.join(' ')))
    throw ClickHouseError.of(
      'ACCESS_DENIED',
      'Whoever started the embedded engine ends it; SYSTEM SHUTDOWN would signal his whole process group',
    );
  // clickhouse-go decodes whatever comes as Native blocks, and its users would see a garbled error.
  if (
    options.clientRevision !== undefined &&
    statement.format !== undefined &&
    statement.format !== 'Native'
  )
    throw ClickHouseError.of(
      'BAD_ARGUMENTS',
      `FORMAT ${statement.format} cannot be read by this client: it asked for blocks in the Native format. Leave the FORMAT clause out`,
    );
}

const ENDS_PROCESS = new Set(['SYSTEM SHUTDOWN', 'SYSTEM KILL']);

const readOnly = (userName: string): ClickHouseError =>
  ClickHouseError.of(
    'READONLY',
    `${userName}: Cannot execute query in readonly mode. For queries over HTTP, method GET implies readonly. You should use method POST for modifying queries.`,
  );
