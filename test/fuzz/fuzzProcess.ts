import { createClient } from '@clickhouse/client';
import type { Signal } from '@plumbline/collector-processor/dist/core/consumer';
import { serveTask } from '../bench/process/childTask';
import { FUZZED_SIGNALS } from './fuzzedSignals';
import { type Ending, Fuzzer } from './fuzzer';

export interface FuzzCommand {
  readonly signal: Signal;
  readonly cases: string;
  readonly storeUrl: string;
  readonly payloads: number;
  readonly seed: number;
}

export interface FuzzReport {
  readonly endings: Readonly<Record<Ending, number>>;
  readonly rows: number;
  readonly slowestMs: number;
  /** Of this process, for each payload. */
  readonly cpuUs: number;
}

// Most payloads end in an error that nobody reads the stack of: making it would cost more than all else.
Error.stackTraceLimit = 0;

serveTask(async (command: FuzzCommand): Promise<FuzzReport> => {
  const { signal, cases, storeUrl, payloads, seed } = command;
  const subject = FUZZED_SIGNALS.find((fuzzed) => fuzzed.signal === signal)!;
  const client = createClient({ url: storeUrl });
  const before = process.cpuUsage();
  const fuzzer = new Fuzzer({ subject, cases, client }, seed);
  await fuzzer.run(payloads);
  await client.close();
  const { user, system } = process.cpuUsage(before);
  const { endings, rows, slowestMs } = fuzzer;
  return { endings, rows, slowestMs, cpuUs: (user + system) / payloads };
});
