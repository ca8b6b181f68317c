import type { AddressInfo, Server, Socket } from 'node:net';

export interface ListenAddress {
  /** Undefined: every address of the machine. */
  readonly host: string | undefined;
  readonly port: number;
}

const ADDRESS = /^(?:\[([0-9a-fA-F:.]+(?:%\w+)?)\]|([^:[\]]*)):(\d{1,5})$/;

/** Reads `host:port`, `[::1]:port` or `:port`. Throws an Error that shows the address when it is none of them. */
export function parseListenAddress(address: string): ListenAddress {
  const match = ADDRESS.exec(address);
  const port = Number(match?.[3]);
  if (!match || port > 65_535) throw new Error(`"${address}" is not host:port`);
  const host = match[1] ?? match[2];
  return { host: host === '' ? undefined : host, port };
}

/** Listens and returns the address that was bound, which differs from the one asked for when its port was 0. */
export async function listen(server: Server, address: string): Promise<string> {
  const { host, port } = parseListenAddress(address);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound = server.address() as AddressInfo;
  return bound.family === 'IPv6'
    ? `[${bound.address}]:${bound.port}`
    : `${bound.address}:${bound.port}`;
}

/** True for the decrypted side of a connection. */
export const isEncrypted = (socket: Socket): boolean => 'encrypted' in socket;

/**
 * The open connections of a server, looked up when asked. A TLS server tells each connection twice, first as it came and
 * then as its decrypted side, which takes the place of the first.
 */
export function openSockets(server: Server): () => readonly Socket[] {
  const sockets = new Map<string, Socket>();
  const remember = (socket: Socket): void => {
    const peer = `${socket.remoteAddress} ${socket.remotePort}`;
    sockets.set(peer, socket);
    socket.once('close', () => {
      if (sockets.get(peer) === socket) sockets.delete(peer);
    });
  };
  server.on('connection', remember).on('secureConnection', remember);
  return () => [...sockets.values()];
}

/** Takes no more connections and resolves when the last one has ended; `force` is to end them when time is up. */
export async function closeBy(
  server: Server,
  deadline: AbortSignal,
  force: () => void,
): Promise<void> {
  deadline.addEventListener('abort', force);
  await new Promise<void>((resolve) => {
    // An error says that it never listened.
    server.close(() => {
      resolve();
    });
    if (deadline.aborted) force();
  });
  deadline.removeEventListener('abort', force);
}
