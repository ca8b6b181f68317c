import type { AddressInfo, Server } from 'node:net';

export interface ListenAddress {
  /** Undefined: every address of the machine. */
  readonly host: string | undefined;
  readonly port: number;
}

const ADDRESS = /^(?:\[([0-9a-fA-F:.%]+)\]|([^:[\]]*)):(\d{1,5})$/;

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
