import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const MAIN = resolve(__dirname, '../dist/bench/main.js');

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

const bench = (...args: string[]): Promise<Ended> =>
  new Promise((settle, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      settle({ code, output, errors });
    });
  });

test('a quick bench of one figure runs the real processor and ends in a JSON array', async () => {
  const { code, output, errors } = await bench(
    '--quick',
    '--only',
    'spans_own_cpu_s_per_m',
    '--json',
  );
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const lines = output.trimEnd().split('\n');
  const figures = JSON.parse(lines.at(-1)!) as unknown;
  expect(figures).toEqual([
    {
      name: 'spans_own_cpu_s_per_m',
      value: expect.any(Number) as number,
      unit: 's',
      goal: 5.5,
      holds: expect.any(Boolean) as boolean,
    },
  ]);
  const [{ value, holds }] = figures as [{ value: number; holds: boolean }];
  expect(value).toBeGreaterThan(0);
  expect(holds).toBe(value <= 5.5);
}, 180_000);

test('a figure that does not exist is refused with the names that do', async () => {
  const { code, errors } = await bench('--only', 'speed');
  expect(code).toBe(2);
  expect(errors).toContain('there is no figure speed');
  expect(errors).toContain('spans_own_cpu_s_per_m');
});
