import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = join(__dirname, '../../collector-processor/dist/main.js');
/** The goal is 10 s; a quiet machine takes 5. Test machines are not quiet. */
const FIRST_ROWS_MS = 30_000;

interface Run {
  readonly process: ChildProcess;
  /** All that was written so far. */
  readonly text: () => string;
  readonly exit: Promise<number | null>;
  /** Resolves when the output matches; rejects when the program ends before. */
  until(pattern: RegExp): Promise<void>;
}

const running: ChildProcess[] = [];
let scratch = '';

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

function demo(...args: string[]): Run {
  const child = spawn(process.execPath, [PROGRAM, 'demo', ...args], {
    env: { ...process.env, TMPDIR: scratch },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      text += part.toString();
      for (const listener of listeners) listener();
    });
  }
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    process: child,
    text: () => text,
    exit,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (pattern.test(text)) resolve();
        };
        listeners.add(look);
        look();
        void exit.then((code) => {
          reject(new Error(`ended with ${code} before ${pattern.source}:\n${text}`));
        });
      }),
  };
}

/** The lines of the newest table in the output. */
const lastTable = (text: string): string[] => {
  const from = text.lastIndexOf('\nmodel  ');
  return text
    .slice(from + 1, text.indexOf('\nall  ', from) + 1)
    .trimEnd()
    .split('\n');
};

test('ends by itself and has found every row that it sent', async () => {
  const run = demo('--for', '20s', '--ephemeral');
  const code = await run.exit;
  const text = run.text();
  expect(text).toContain('Every row sent was found.');
  expect(code).toBe(0);
  const seen = lastTable(text)
    .slice(1)
    .map((line) => {
      const [model, , convention] = line.split(/\s+/);
      return `${model!} ${convention!}`;
    });
  expect(seen).toEqual(
    expect.arrayContaining([
      'flight-delays ml',
      'seattle-weather ml',
      'gpt-5-mini otel',
      'text-embedding-3-small otel',
      'claude-sonnet-4-5 openinference',
      'gpt-4o-mini openllmetry',
      'acme-support-13b openllmetry',
    ]),
  );
  expect(lastTable(text).join('\n')).toMatch(
    /^claude-sonnet-4-5 .* \$\d+\.\d{4} \(100% priced\)$/m,
  );
  expect(lastTable(text).join('\n')).toMatch(/^acme-support-13b .* - \(0% priced\)$/m);
  expect(text).toMatch(/\nall .*\$\d+\.\d{4} \([1-9]\d% priced\)\n/);
  expect(readdirSync(scratch)).toEqual([]);
}, 120_000);

test('shows live rows soon, sends the whole past beside them and stops in order on Ctrl-C', async () => {
  const data = join(scratch, 'kept');
  const beganMs = Date.now();
  const run = demo('--ephemeral', '--data', data);
  await run.until(/\nflight-delays +1\.0\.0 +ml +\d/);
  expect(Date.now() - beganMs).toBeLessThan(FIRST_ROWS_MS);
  // 30 s on a quiet machine of two cores.
  await run.until(/Past predictions sent: (2\d\d,\d{3}) of \1 \(100%, done\)/);
  // A minute on a quiet machine. What was planted is found, in this order or another, with its evidence.
  await run.until(
    /FOUND after \d+\.\d h of data {2}flight-delays, distance: .*\n {4}drift: mean up/,
  );
  await run.until(/FOUND after \d+\.\d h of data {2}seattle-weather, wind: .*\n {4}\w+: .*missing/);
  await run.until(
    /FOUND after \d+\.\d h of data {2}gpt-5-mini: .*\n {4}silent_change: .* instead of/,
  );
  expect(run.text()).not.toContain('Pages that nothing planted explains');
  run.process.kill('SIGINT');
  await expect(run.exit).resolves.toBe(0);
  expect(existsSync(join(data, 'store'))).toBe(true);
}, 600_000);

test('has nothing to page for when it is quiet', async () => {
  const run = demo('--ephemeral', '--quiet');
  await run.until(/\(100%, done\)/);
  // Two models with 336 hours, and the aliases.
  await run.until(/Hours of models looked at: (?:6[7-9]\d|[7-9]\d\d|\d,\d{3})/);
  expect(run.text()).toContain('Nothing is wrong in these 14 days.');
  expect(run.text()).not.toContain('Pages that nothing planted explains');
  run.process.kill('SIGINT');
  await expect(run.exit).resolves.toBe(0);
}, 600_000);

test('names a port that is in use and says how to choose another', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
  const run = demo('--port-offset', String(port - 4_318));
  await expect(run.exit).resolves.toBe(1);
  expect(run.text()).toContain(`Port ${port} (OTLP HTTP) is in use.`);
  expect(run.text()).toContain('--port-offset');
  await new Promise((resolve) => server.close(resolve));
}, 30_000);

test.each([
  [['--for', 'soon'], '--for soon'],
  [['--port-offset', '-1'], '--port-offset'],
  [['--port-offset', 'x'], '--port-offset x'],
])('refuses %j', async (args, named) => {
  const run = demo(...args);
  await expect(run.exit).resolves.toBe(2);
  expect(run.text()).toContain(named);
});
