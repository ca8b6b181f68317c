import { Agent, createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What goes wrong with requests to the store. */
export type Fault =
  | { readonly kind: 'none' }
  /** Nobody listens. */
  | { readonly kind: 'refuse' }
  /** Taken and never answered. */
  | { readonly kind: 'hang' }
  /** Passed on after so long. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** An error of ClickHouse, as its HTTP interface tells it. */
  | { readonly kind: 'error'; readonly code: number; readonly name: string }
  /** The engine does the work, and the connection ends in the middle of its answer. */
  | { readonly kind: 'cut' };

/** An HTTP proxy in front of an engine that misbehaves as told; everything else is passed through. */
export interface FaultProxy {
  readonly url: string;
  /** From now on. `inserts`: only statements that insert are hit. */
  set(fault: Fault, only?: 'inserts'): Promise<void>;
  /** Requests that were hit. */
  readonly hits: number;
  close(): Promise<void>;
}

export async function startFaultProxy(engineUrl: string): Promise<FaultProxy> {
  const engine = new URL(engineUrl);
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  let fault: Fault = { kind: 'none' };
  let only: 'inserts' | undefined;
  let hits = 0;

  const server = createServer((incoming, outgoing) => {
    const isInsert = /[?&]query=\s*INSERT/i.test(decodeURIComponent(incoming.url ?? ''));
    if (fault.kind === 'none' || (only === 'inserts' && !isInsert)) {
      passOn(incoming, outgoing);
      return;
    }
    hits++;
    misbehave(fault, incoming, outgoing);
  });
  server.keepAliveTimeout = 120_000;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  function passOn(incoming: IncomingMessage, outgoing: ServerResponse, cut = false): void {
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
        if (cut) {
          outgoing.socket?.write('HTTP/1.1 200 OK\r\nContent-Le');
          answer.resume();
          setTimeout(() => outgoing.socket?.destroy(), 10);
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.on('error', () => outgoing.destroy());
    outgoing.on('close', () => {
      if (!outgoing.writableFinished && !cut) passed.destroy();
    });
    incoming.pipe(passed);
  }

  function misbehave(what: Fault, incoming: IncomingMessage, outgoing: ServerResponse): void {
    switch (what.kind) {
      case 'none':
      case 'refuse':
        outgoing.destroy();
        return;
      case 'hang':
        incoming.resume();
        return;
      case 'delay':
        setTimeout(() => {
          passOn(incoming, outgoing);
        }, what.ms);
        return;
      case 'error': {
        const { code, name } = what;
        incoming.resume();
        incoming.on('end', () => {
          outgoing.writeHead(500, { 'X-ClickHouse-Exception-Code': String(code) });
          outgoing.end(
            `Code: ${code}. DB::Exception: it is so: told by a test. (${name}) (version 26.1.1.1)\n`,
          );
        });
        return;
      }
      case 'cut':
        passOn(incoming, outgoing, true);
    }
  }

  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  const unlisten = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get hits() {
      return hits;
    },
    async set(next, hit) {
      fault = next;
      only = hit;
      if (next.kind === 'refuse') {
        await unlisten();
        return;
      }
      // What hung before is not answered late.
      for (const socket of sockets) socket.destroy();
      if (!server.listening) await listen(port);
    },
    async close() {
      await unlisten();
      agent.destroy();
    },
  };
}
