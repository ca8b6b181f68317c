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

/** The open connections of a server, kept up to date. */
export function openSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
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
