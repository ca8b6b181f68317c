import { createServer, type IncomingHttpHeaders } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** What a call that `send` makes looks like on the wire; it is answered with nothing. */
export async function firstHttp2Request(
  send: (endpoint: string) => Promise<void>,
): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  try {
    const seen = new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve) => {
      server.on('stream', (stream, headers) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          resolve({ headers, body: Buffer.concat(chunks) });
          stream.destroy();
        });
      });
    });
    await send(`http://localhost:${(server.address() as AddressInfo).port}`);
    return await seen;
  } finally {
    server.close();
  }
}
