import { createServer } from 'node:net';

export interface NamedAddress {
  readonly name: string;
  readonly host: string;
  /** 0 is never busy. */
  readonly port: number;
}

const isBusy = ({ host, port }: NamedAddress): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'EADDRINUSE');
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(false);
      });
    });
  });

/** Those of the addresses on which somebody already listens: all at once, so that they can be told at once. */
export async function busyAddresses(addresses: readonly NamedAddress[]): Promise<NamedAddress[]> {
  const busy = await Promise.all(addresses.map((address) => isBusy(address)));
  return addresses.filter((_, index) => busy[index]);
}
