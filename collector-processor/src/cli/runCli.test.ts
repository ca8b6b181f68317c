import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { checkCommand } from './checkCommand';
import type { Command, Host, Values } from './command';
import { runCli } from './runCli';

const host = (files: Record<string, string> = {}) => {
  const out: string[] = [];
  const error: string[] = [];
  const readFile = (path: string): string => files[path] ?? readFileSync(path, 'utf8');
  const lifetime = Object.assign(new EventEmitter(), { exit: () => undefined });
  const value: Host = {
    env: {},
    readFile,
    out: (line) => out.push(line),
    error: (line) => error.push(line),
    lifetime,
  };
  return { value, out, error };
};

const seen: Values[] = [];
const echo: Command = {
  name: 'echo',
  summary: 'Say it again',
  options: {
    loud: { type: 'boolean', short: 'l', summary: 'shout' },
    word: { type: 'string', value: 'WORD', default: 'hello', summary: 'what to say' },
  },
  run: (values) => {
    seen.push({ ...values });
    return Promise.resolve(7);
  },
};
const commands = [checkCommand, echo];

describe('runCli', () => {
  it('runs a command with its options and returns its exit code', async () => {
    expect(await runCli(['echo', '-l', '--word', 'x'], commands, host().value)).toBe(7);
    expect(await runCli(['echo'], commands, host().value)).toBe(7);
    expect(seen).toEqual([{ loud: true, word: 'x' }, { word: 'hello' }]);
  });

  it('shows help and the version', async () => {
    for (const args of [['help'], ['--help'], ['-h']]) {
      const { value, out } = host();
      expect(await runCli(args, commands, value)).toBe(0);
      expect(out.join('\n')).toMatch(/Usage: plumbline <command>.*\n.*\n.*check {4}Check a/);
    }
    for (const args of [
      ['help', 'echo'],
      ['echo', '--help'],
    ]) {
      const { value, out } = host();
      expect(await runCli(args, commands, value)).toBe(0);
      expect(out.join('\n')).toContain('--word WORD  what to say (default hello)');
    }
    const { value, out } = host();
    expect(await runCli(['version'], commands, value)).toBe(0);
    expect(out).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+/)]);
  });

  it.each([
    [['frobnicate'], 'unknown command: frobnicate'],
    [['help', 'frobnicate'], 'unknown command: frobnicate'],
    [['echo', '--nope'], "Unknown option '--nope'"],
    [['echo', '--word'], "Option '--word <value>' argument missing"],
    [['echo', 'stray'], "Unexpected argument 'stray'"],
    [[], 'Usage: plumbline'],
  ])('refuses %j with exit code 2', async (args, message) => {
    const { value, error, out } = host();
    expect(await runCli(args, commands, value)).toBe(2);
    expect(error.join('\n')).toContain(message);
    expect(out).toEqual([]);
  });
});

describe('plumbline check', () => {
  it('says ok', async () => {
    const { value, out } = host({ 'a.yaml': 'monitor: { enabled: false }' });
    expect(await runCli(['check', '--config', 'a.yaml'], commands, value)).toBe(0);
    expect(out).toEqual(['ok']);
  });

  it('tells every problem and exits with 2', async () => {
    const { value, error, out } = host({ 'a.yaml': 'monitr: {}\napi: { address: x }' });
    expect(await runCli(['check', '-c', 'a.yaml'], commands, value)).toBe(2);
    expect(out).toEqual([]);
    expect(error.toSorted()).toEqual([
      'api.address: "x": must be host:port, for example 127.0.0.1:4317',
      'monitr: unknown key; did you mean monitor?',
    ]);
  });
});
