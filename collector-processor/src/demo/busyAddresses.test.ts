import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { busyAddresses } from './busyAddresses';

test('finds the port on which somebody listens, and port 0 never busy', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const taken = { name: 'OTLP HTTP', host: '127.0.0.1', port };
  const any = { name: 'admin', host: '127.0.0.1', port: 0 };
  await expect(busyAddresses([any, taken])).resolves.toEqual([taken]);
  await new Promise((resolve) => server.close(resolve));
  await expect(busyAddresses([any, taken])).resolves.toEqual([]);
});
