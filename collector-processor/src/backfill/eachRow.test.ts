import { describe, expect, test } from '@jest/globals';
import { storedRow as rowBytes } from '../../../test/support/storedRows';
import { eachRow } from './eachRow';
import { StoredRow, TEXT } from './storedRow';

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}
const noPause = (): Promise<void> => Promise.resolve();
const textAt = ({ reader, texts }: StoredRow, text: number): string =>
  reader.bytes.toString('utf8', texts.at[text], texts.at[text + 1]);

/** The span ids that are read from `bytes` in pieces of `size`. */
async function idsOf(bytes: Buffer, size: number): Promise<string[]> {
  const row = new StoredRow();
  const ids: string[] = [];
  const take = (): void => {
    ids.push(textAt(row, TEXT.spanId));
  };
  await eachRow(cut(bytes, size), row, take, noPause);
  return ids;
}

const span = (id: number): Buffer =>
  rowBytes({
    spanId: String(id),
    resource: { host: 'a' },
    attributes: { long: 'x'.repeat(id % 7 === 0 ? 300_000 : 2000) },
    events: [{ timeNs: 5n, name: 'e', attributes: { k: 'v' } }],
  });
const IDS = Array.from({ length: 40 }, (_, id) => id + 1);
const ROWS = Buffer.concat(IDS.map(span));

describe('StoredRow', () => {
  test('tells where each part of a row stands', () => {
    const row = new StoredRow();
    row.reader.open(
      rowBytes({
        startNs: (7n << 32n) + 3n,
        durationNs: 9n,
        traceId: 't',
        kind: 'Client',
        service: 's',
        attributes: { a: 'b' },
        events: [
          { timeNs: 1n, name: 'one', attributes: {} },
          { timeNs: 2n, name: 'two', attributes: { c: 'd', e: 'f' } },
        ],
      }),
    );
    expect(row.read()).toBe(true);
    expect(row.reader.position).toBe(row.reader.bytes.length);
    expect(row).toMatchObject({ startLow: 3, startHigh: 7, durationLow: 9, eventCount: 2 });
    expect([textAt(row, TEXT.traceId), textAt(row, TEXT.kind)]).toEqual(['t', 'Client']);
    expect([row.resource.size, row.attributes.size, row.eventEntries.size]).toEqual([0, 4, 8]);
    expect([...row.eventBounds.at.subarray(0, 4)]).toEqual([0, 0, 0, 8]);
  });

  test('is not read, and nothing is passed, wherever the bytes end before the row does', () => {
    const bytes = span(1);
    const row = new StoredRow();
    for (let size = 0; size < bytes.length; size++) {
      row.reader.open(bytes.subarray(0, size));
      expect(row.read()).toBe(false);
      expect(row.reader.position).toBe(0);
    }
  });
});

describe('eachRow', () => {
  test.each([100, 65_536, 262_144, 10_000_000])(
    'rows cut into pieces of %d bytes come whole',
    async (size) => {
      expect(await idsOf(ROWS, size)).toEqual(IDS.map(String));
    },
  );

  test('waits for the pause after each piece', async () => {
    let pauses = 0;
    const row = new StoredRow();
    await eachRow(
      cut(ROWS, 65_536),
      row,
      () => undefined,
      () => {
        pauses++;
        return Promise.resolve();
      },
    );
    expect(pauses).toBeGreaterThan(3);
  });

  test('an answer that ends within a row is an error, with what the server said if it did', async () => {
    await expect(idsOf(ROWS.subarray(0, ROWS.length - 1), 65_536)).rejects.toThrow(
      'the store ended its answer within a row',
    );
    const said = Buffer.from('\r\nCode: 241. DB::Exception: Memory limit exceeded\r\n');
    await expect(idsOf(Buffer.concat([ROWS, said]), 65_536)).rejects.toThrow(
      'Code: 241. DB::Exception: Memory limit exceeded',
    );
  });
});
