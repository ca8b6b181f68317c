import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '@clickhouse/client';
import { Readable } from 'node:stream';
import { DISCARDED_PATH, nativeRows, startDiscardProxy } from './discardProxy';

/** A block's head: 22 columns, 300 rows, then the first column's name. */
const BLOCK = Buffer.concat([Buffer.from([22, 0xac, 0x02]), Buffer.alloc(70_000, 65)]);

test('the head of a Native block tells its rows', () => {
  expect(nativeRows(BLOCK.subarray(0, 20))).toBe(300);
  expect(nativeRows(Buffer.from([3, 5]))).toBe(5);
  expect(nativeRows(Buffer.alloc(0))).toBe(0);
  expect(() => nativeRows(Buffer.from([3, 0x80]))).toThrow('ended in its header');
});

test('big inserts end here with their rows counted, everything else reaches the engine', async () => {
  const reached: string[] = [];
  const engine = createServer((incoming, outgoing) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => {
      reached.push(new URL(incoming.url!, 'http://engine').searchParams.get('query') ?? body);
      outgoing.end('{"one":1}\n');
    });
  });
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve));
  const proxy = await startDiscardProxy(
    `http://127.0.0.1:${(engine.address() as AddressInfo).port}`,
  );
  const client = createClient({ url: proxy.url });
  try {
    const insert = async (query: string): Promise<void> => {
      const { stream } = await client.exec({
        query,
        values: Readable.from([BLOCK], { objectMode: false }),
      });
      stream.resume();
    };
    await insert('INSERT INTO otel_traces FORMAT Native');
    await insert('INSERT INTO otel_traces FORMAT Native');
    await insert('INSERT INTO `default`.`ml_inferences` FORMAT Native');
    await insert('INSERT INTO otel_traces FORMAT RowBinary');
    await client.command({ query: 'INSERT INTO ml_inferences SELECT * FROM ml_inferences' });
    const answer = await client.query({ query: 'SELECT 1 AS one', format: 'JSONEachRow' });
    expect(await answer.json()).toEqual([{ one: 1 }]);
    expect(await (await fetch(proxy.url + DISCARDED_PATH)).json()).toEqual({
      otel_traces: { rows: 600, bytes: 2 * BLOCK.length, inserts: 2 },
      ml_inferences: { rows: 300, bytes: BLOCK.length, inserts: 1 },
    });
    expect(reached.map((sql) => sql.replace(/\s+/g, ' ').trim())).toEqual([
      'INSERT INTO otel_traces FORMAT RowBinary',
      'INSERT INTO ml_inferences SELECT * FROM ml_inferences',
      'SELECT 1 AS one FORMAT JSONEachRow',
    ]);
  } finally {
    await client.close();
    await proxy.close();
    engine.closeAllConnections();
    engine.close();
  }
});
