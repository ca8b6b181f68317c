import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { NODE_FLAGS, plainEnvironment, startProcessor, type Processor } from '../support/processor';

const MAIN = resolve(__dirname, '../../collector-processor/dist/main.js');

const until = async (condition: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> => {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`still not after ${ms} ms`);
    await new Promise((resume) => setTimeout(resume, 25));
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The embedded engine is the processor's only child. */
const enginePid = ({ pid }: Processor): number =>
  Number(execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).trim());

const eventsOf = ({ output }: Processor): string[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => (JSON.parse(line) as { event: string }).event);

it('is run by a shell with the flags that everything else runs it with', () => {
  expect(readFileSync(MAIN, 'utf8').split('\n')[0]).toBe(
    `#!/usr/bin/env -S node ${NODE_FLAGS.join(' ')}`,
  );
});

describe('a processor', () => {
  let processor: Processor;
  const get = (path: string) => fetch(`http://${processor.adminAddress}${path}`);

  beforeEach(async () => {
    processor = await startProcessor();
  });
  afterEach(async () => {
    await processor.stop();
  });

  test('tells where it listens, shows metrics, and ends in order with exit code 0', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'alive' });
    expect(await (await get('/metrics')).text()).toMatch(/^plumbline_engine_up 1$/m);
    const started = processor.output.split('\n').find((line) => line.includes('"event":"started"'));
    expect(JSON.parse(started ?? '{}')).toMatchObject({
      grpc: processor.grpcAddress,
      http: processor.httpAddress,
      admin: processor.adminAddress,
      clickhouse: processor.storeUrl,
    });
    const engine = enginePid(processor);
    expect(await processor.stop()).toBe(0);
    expect(isAlive(engine)).toBe(false);
    expect(eventsOf(processor)).toEqual(expect.arrayContaining(['started', 'stopping', 'stopped']));
  });

  test('is not ready, but alive, while its engine is gone, and ready again with the next one', async () => {
    process.kill(enginePid(processor), 'SIGKILL');
    await until(async () => (await get('/readyz')).status === 503);
    expect((await get('/healthz')).status).toBe(200);
    await until(async () => (await get('/readyz')).ok);
    expect(eventsOf(processor)).toContain('engineChanged');
  });

  test('ends at once on a second signal although a request is still being sent', async () => {
    const sender = await halfARequest(processor.httpAddress);
    const engine = enginePid(processor);
    process.kill(processor.pid, 'SIGINT');
    await until(() => eventsOf(processor).includes('stopping'));
    await new Promise((resume) => setTimeout(resume, 700));
    expect(isAlive(processor.pid)).toBe(true);
    process.kill(processor.pid, 'SIGINT');
    expect(await exitCodeOf(processor)).toBe(130);
    await until(() => !isAlive(engine));
    sender.destroy();
  });
});

/** A connection on which a body was announced and never comes. */
async function halfARequest(address: string): Promise<Socket> {
  const [host = '', port = ''] = address.split(':');
  const socket = connect(Number(port), host);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(
    'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: 1000\r\n\r\nx',
  );
  await new Promise((resume) => setTimeout(resume, 100));
  return socket;
}

/** Of a processor that ends by itself soon: `stop()` then has nothing left to do but to tell. */
async function exitCodeOf(processor: Processor): Promise<number | null> {
  await until(() => !isAlive(processor.pid), 5000);
  return processor.stop();
}

describe('a processor that must not start', () => {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-cli-'));
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const run = async (config: object) => {
    const file = join(directory, 'config.yaml');
    writeFileSync(file, JSON.stringify(config));
    const child = spawn(process.execPath, [MAIN, 'start', '--config', file], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: plainEnvironment(),
    });
    const output = { out: '', error: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output.error += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, ...output };
  };

  test('tells every problem of its configuration and exits with 2', async () => {
    const { code, out, error } = await run({ recieve: {}, api: { address: 'nowhere' } });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(error.trim().split('\n').toSorted()).toEqual([
      'api.address: "nowhere": must be host:port, for example 127.0.0.1:4317',
      'recieve: unknown key; did you mean receive?',
    ]);
  });

  test('tells which port is taken, leaves no engine behind, and exits with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, out } = await run({
      receive: { grpc: { address: `127.0.0.1:${port}` }, http: { address: '127.0.0.1:0' } },
      storage: { path: join(directory, 'data'), embedded: { port: 0 } },
      api: { address: '127.0.0.1:0' },
    });
    taken.close();
    expect(code).toBe(1);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.find(({ event }) => event === 'startFailed')).toMatchObject({ level: 'fatal' });
    expect(out).toContain(String(port));
    const engine = lines.find(({ change }) => change === 'started');
    expect(isAlive(Number(engine?.pid))).toBe(false);
  });
});
