import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createSpool } from './spool';
import type { Spool } from './spool';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plumbline-spool-'));
  mkdirSync(join(root, 'memory'));
  mkdirSync(join(root, 'disk'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const spoolOf = (memoryBytes = 100): Spool =>
  createSpool({
    memoryRoot: join(root, 'memory'),
    name: 'n',
    directory: join(root, 'disk'),
    memoryBytes,
  });

async function* chunks(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) {
    await Promise.resolve();
    yield Buffer.from(text);
  }
}

test('what fits is kept in memory, the rest on the disk, and a removed file makes room', async () => {
  const spool = spoolOf();
  const first = await spool.write(chunks('ab', 'c'), 60);
  const second = await spool.write(chunks('x'), 60);
  expect(dirname(first.path)).toContain(join(root, 'memory'));
  expect(dirname(second.path)).toBe(join(root, 'disk'));
  expect([readFileSync(first.path, 'utf8'), first.bytes]).toEqual(['abc', 3]);
  await first.remove();
  expect(existsSync(first.path)).toBe(false);
  const third = await spool.write(chunks('y'), 60);
  expect(dirname(third.path)).toBe(dirname(first.path));
});

test('a body that breaks off leaves no file and no reservation', async () => {
  const spool = spoolOf();
  async function* broken(): AsyncGenerator<Buffer> {
    yield* chunks('abc');
    throw new Error('gone');
  }
  await expect(spool.write(broken(), 60)).rejects.toThrow('gone');
  const next = await spool.write(chunks('x'), 60);
  expect(readdirSync(dirname(next.path))).toHaveLength(1);
  expect(dirname(next.path)).toContain(join(root, 'memory'));
});

test('a predecessor’s memory files are removed, those of other engines are not', () => {
  const memory = join(root, 'memory');
  for (const name of ['plumbline-n-old', 'plumbline-other-x']) mkdirSync(join(memory, name));
  const spool = spoolOf();
  expect(readdirSync(memory).filter((name) => !name.startsWith('plumbline-n-'))).toEqual([
    'plumbline-other-x',
  ]);
  expect(existsSync(join(memory, 'plumbline-n-old'))).toBe(false);
  spool.close();
  expect(readdirSync(memory)).toEqual(['plumbline-other-x']);
});
