import { parseArgs } from 'node:util';
import { createClient } from '@clickhouse/client';
import { startProcessor } from '../../support/processor';
import type { ReportedFigure } from '../report';
import { usageOf } from '../process/usage';
import { settle } from '../settle';
import { fillRegistry, PREDICTIONS } from './fillRegistry';
import { median, quantile } from '../statistics';
import { sendAtRate } from './sendAtRate';

const TOKEN = 'bench-token-5d1c7a90';
const USAGE = `npm run bench:api -- [options]
  --seconds N   length of each run (15)
  --runs N      runs of each figure, the median counts (3)
  --json        the last line is a JSON array of {"name","value","unit","goal","holds"}`;

interface Options {
  readonly seconds: number;
  readonly runs: number;
  readonly json: boolean;
}

function parseOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      json: { type: 'boolean', default: false },
      runs: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '15' },
    },
  });
  const whole = (name: 'runs' | 'seconds'): number => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value > 0) return value;
    throw new Error(`--${name} must be a whole number from 1, not ${values[name]}`);
  };
  return { json: values.json, runs: whole('runs'), seconds: whole('seconds') };
}

/** For so long at most the monitor and merges may work up what was filled in, before anything is measured. */
const SETTLE_MS = 180_000;

const FIGURES = [
  // What a page of models asks for, and one model of it.
  {
    ...{ name: 'registry_p95_ms', goal: 3, rate: 200 },
    pathOf: (at: number) => (at % 2 === 0 ? '/models?limit=50' : `/models/model-${at % 500}`),
  },
  {
    ...{ name: 'prediction_p95_ms', goal: 50, rate: 10 },
    pathOf: (at: number) => `/predictions/p-${(at * 7919) % PREDICTIONS}`,
  },
] as const;

async function bench({ seconds, runs, json }: Options): Promise<void> {
  const processor = await startProcessor({
    api: {
      tokens: [{ name: 'bench', token: TOKEN, role: 'viewer', tenant: 'bench' }],
      limits: { requestsPerSecond: 100_000 },
    },
  });
  try {
    const store = createClient({ url: processor.storeUrl });
    await fillRegistry(store, 'bench');
    await store.close();
    await settle([processor.pid], SETTLE_MS);
    const base = `http://${processor.adminAddress}/api/v1`;
    const reported: ReportedFigure[] = [];
    for (const { name, goal, rate, pathOf } of FIGURES) {
      const load = { base, token: TOKEN, rate, pathOf };
      await sendAtRate({ ...load, seconds: 3 });
      const values: number[] = [];
      for (let run = 0; run < runs; run++) {
        const before = usageOf(processor.pid);
        const taken = await sendAtRate({ ...load, seconds });
        const after = usageOf(processor.pid);
        const cpuMs = (used: number): string => ((used * 1000) / taken.length).toFixed(2);
        values.push(quantile(taken, 0.95));
        console.log(
          `${name} run ${run + 1}: p50 ${quantile(taken, 0.5).toFixed(2)}, p95 ${quantile(taken, 0.95).toFixed(2)}, ` +
            `max ${Math.max(...taken).toFixed(2)} ms of ${taken.length} requests at ${rate}/s; CPU a request: ` +
            `${cpuMs(after.own - before.own)} ms, engine ${cpuMs(after.children - before.children)} ms`,
        );
      }
      const value = Number(median(values).toFixed(2));
      reported.push({ name, value, unit: 'ms', goal, holds: value <= goal });
    }
    for (const { name, value, goal, holds } of reported) {
      console.log(`${name}  ${value} ms  <= ${goal ?? ''}  ${holds === true ? 'holds' : 'MISSED'}`);
    }
    if (json) console.log(JSON.stringify(reported));
  } finally {
    await processor.stop();
  }
}

let options: Options | undefined;
try {
  options = parseOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
if (options !== undefined) {
  bench(options).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
