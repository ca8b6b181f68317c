import { readRequest } from './readRequest';

async function* inPieces(body: Buffer | string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(body);
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

const dataOf = async (query: string, body: Buffer | string, size: number): Promise<string> => {
  const work = await readRequest(query, inPieces(body, size));
  if (work.kind !== 'insert') return `statement ${work.statement.text}`;
  const chunks: Buffer[] = [];
  for await (const chunk of work.data) chunks.push(chunk);
  return `${work.head.format} ${Buffer.concat(chunks).toString('latin1')}`;
};

test.each([1, 7, 1_000])('in pieces of %d bytes', async (size) => {
  const rows = '{"a":1}\n'.repeat(40);
  expect(await dataOf('', `INSERT INTO t FORMAT JSONEachRow ${rows}`, size)).toBe(
    `JSONEachRow ${rows}`,
  );
  expect(await dataOf('INSERT INTO t FORMAT Native', Buffer.from([10, 10, 255]), size)).toBe(
    'Native \n\nÿ',
  );
  expect(await dataOf('INSERT INTO t', 'VALUES (1)', size)).toBe('Values  (1)');
  expect(await dataOf('', "INSERT INTO t VALUES (1, 'FORMAT')", size)).toBe(
    "Values  (1, 'FORMAT')",
  );
  expect(await dataOf('SELECT 1', 'FORMAT CSV', size)).toBe('statement SELECT 1\nFORMAT CSV');
  expect(await dataOf('', 'INSERT INTO t SELECT 1', size)).toBe('statement INSERT INTO t SELECT 1');
  expect(await dataOf('INSERT INTO t FORMAT CSV', '', size)).toBe('CSV ');
});

test('the data of an insert is not read before it is asked for', async () => {
  let read = 0;
  async function* body(): AsyncGenerator<Buffer> {
    for (;;) {
      await Promise.resolve();
      read += 1;
      yield Buffer.alloc(100, 'x');
    }
  }
  await readRequest('INSERT INTO t FORMAT CSV', body());
  expect(read).toBe(0);
  await readRequest(
    '',
    (async function* () {
      yield Buffer.from('INSERT INTO t FORMAT CSV ');
      yield* body();
    })(),
  );
  expect(read).toBe(1);
});

test('SQL longer than max_query_size is refused, longer data is not', async () => {
  const long = 'x'.repeat(300_000);
  await expect(readRequest('', inPieces(`SELECT '${long}'`, 65_536))).rejects.toThrow(
    /max_query_size, 262144 bytes/,
  );
  expect(await dataOf('', `INSERT INTO t FORMAT CSV ${long}`, 65_536)).toHaveLength(
    long.length + 4,
  );
  const wide = await readRequest('', inPieces(`SELECT '${long}'`, 65_536), '400000');
  expect(wide.kind).toBe('statement');
});
