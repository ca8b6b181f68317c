import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OtlpRequest } from '../core/consumer';
import { createDeadLetter } from './deadLetter';

const request: OtlpRequest = {
  signal: 'traces',
  bytes: Uint8Array.of(1, 2, 3, 4),
  tenant: 'blue',
  receivedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
};

describe('dead letters', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'dead-letters-'));
  });
  afterEach(() => {
    chmodSync(path, 0o700);
    rmSync(path, { recursive: true, force: true });
  });

  test('keep the request as it came and the reason beside it', async () => {
    const deadLetter = createDeadLetter({ path, maxBytes: 1000 });
    expect(await deadLetter.keep(request, 'code 33')).toBe(true);
    const names = readdirSync(path).sort();
    expect(names).toEqual([
      expect.stringMatching(/^2026-01-02T03-04-05\.000Z-\d+-0\.traces\.pb$/),
      expect.stringMatching(/\.traces\.reason\.json$/),
    ]);
    expect([...readFileSync(join(path, names[0]!))]).toEqual([1, 2, 3, 4]);
    expect(JSON.parse(readFileSync(join(path, names[1]!), 'utf8'))).toEqual({
      reason: 'code 33',
      tenant: 'blue',
      receivedAtMs: request.receivedAtMs,
    });
  });

  test('say no at the limit, which earlier letters count against', async () => {
    const first = createDeadLetter({ path, maxBytes: 1000 });
    expect(await first.keep(request, 'x'.repeat(900))).toBe(true);
    const afterRestart = createDeadLetter({ path, maxBytes: 1000 });
    expect(await afterRestart.keep({ ...request, bytes: new Uint8Array(100) }, 'x')).toBe(false);
  });

  test('say no when the directory cannot be made', async () => {
    writeFileSync(join(path, 'file'), '');
    const deadLetter = createDeadLetter({ path: join(path, 'file', 'below'), maxBytes: 1000 });
    expect(await deadLetter.keep(request, 'x')).toBe(false);
  });
});
