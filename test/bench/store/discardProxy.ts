import { Agent, createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Rows and bytes that were thrown away, by table. */
export type Discarded = Record<string, { rows: number; bytes: number; inserts: number }>;

/** Where the counts are told, as JSON. */
export const DISCARDED_PATH = '/discarded';

const DROPPED =
  /^\s*INSERT\s+INTO\s+(?:[`"]?\w+[`"]?\.)?[`"]?(\w+)[`"]?\b[\s\S]*\bFORMAT\s+Native\s*$/i;
/** Enough for the two numbers that a Native block begins with. */
const HEAD_BYTES = 20;

export interface DiscardProxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A ClickHouse HTTP endpoint that passes everything on to the engine at `engineUrl`, except the bodies of inserts of Native blocks, which it reads, counts and forgets. So the sender does all its work, on the tables and settings of a real
 * engine, and the engine's work is none of what is measured.
 */
export async function startDiscardProxy(engineUrl: string): Promise<DiscardProxy> {
  const engine = new URL(engineUrl);
  const agent = new Agent({ keepAlive: true });
  const discarded: Discarded = {};
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', engineUrl);
    if (url.pathname === DISCARDED_PATH) {
      outgoing.end(JSON.stringify(discarded));
      return;
    }
    const table = DROPPED.exec(url.searchParams.get('query') ?? '')?.[1];
    if (table === undefined) {
      passOn(incoming, outgoing, engine, agent);
    } else {
      discard(incoming, outgoing, (discarded[table] ??= { rows: 0, bytes: 0, inserts: 0 }));
    }
  });
  // The processor keeps its connections open between inserts; the default of five seconds would close them.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      agent.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function passOn(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  engine: URL,
  agent: Agent,
): void {
  const passed = request(
    {
      agent,
      host: engine.hostname,
      port: engine.port,
      method: incoming.method,
      path: incoming.url,
      headers: { ...incoming.headers, host: engine.host },
    },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  passed.on('error', (error) => {
    if (!outgoing.headersSent) outgoing.writeHead(502);
    outgoing.end(String(error));
  });
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) passed.destroy();
  });
  incoming.pipe(passed);
}

function discard(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  into: Discarded[string],
): void {
  if (incoming.headers['content-encoding'] !== undefined) {
    outgoing.writeHead(415).end('the discarding endpoint counts rows of plain bodies only');
    return;
  }
  let head = Buffer.alloc(0);
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES)]);
    bytes += chunk.length;
  });
  incoming.on('end', () => {
    const rows = nativeRows(head);
    into.rows += rows;
    into.bytes += bytes;
    into.inserts++;
    outgoing.writeHead(200, {
      'content-type': 'text/plain; charset=UTF-8',
      'X-ClickHouse-Summary': JSON.stringify({
        written_rows: String(rows),
        written_bytes: String(bytes),
      }),
    });
    outgoing.end();
  });
}

/** The second of the two varints at the start of a Native block: columns, rows. */
export function nativeRows(head: Buffer): number {
  let position = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; position < head.length; scale *= 128) {
      const byte = head[position++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new Error('a Native block ended in its header');
  };
  if (head.length === 0) return 0;
  varint();
  return varint();
}
