import { parseBenchOptions, USAGE } from './benchOptions';
import type { BenchOptions } from './benchOptions';
import type { FigureName, Samples } from './figures';
import { formatTable, reportFigures } from './report';
import { backfill } from './scenarios/backfill';
import { committed } from './scenarios/committed';
import { extraCpu } from './scenarios/extraCpu';
import { FORWARDING } from './scenarios/forwarding';
import { naiveRatio } from './scenarios/naiveRatio';
import { ownCpu } from './scenarios/ownCpu';
import { REDACTION } from './scenarios/redaction';
import { rssGrowth } from './scenarios/rssGrowth';
import type { Scenario } from './scenarios/scenario';
import { sdkLoss } from './scenarios/sdkLoss';
import { visibility } from './scenarios/visibility';

/** Which scenario gives which figures; each is run once, when one of its figures is wanted. */
const SCENARIOS: readonly { figures: readonly FigureName[]; run: Scenario }[] = [
  { figures: ['spans_own_cpu_s_per_m'], run: ownCpu('spans_own_cpu_s_per_m', 'plain') },
  { figures: ['ml_spans_own_cpu_s_per_m'], run: ownCpu('ml_spans_own_cpu_s_per_m', 'ml') },
  {
    figures: [
      'spans_per_s_committed',
      'spans_total_cpu_s_per_m',
      'rss_peak_mb',
      'engine_rss_peak_mb',
    ],
    run: committed,
  },
  { figures: ['spans_ratio_to_naive'], run: naiveRatio },
  { figures: ['visible_p50_ms', 'visible_p99_ms'], run: visibility },
  { figures: ['metrics_own_cpu_s_per_m'], run: ownCpu('metrics_own_cpu_s_per_m', 'metrics') },
  { figures: ['logs_own_cpu_s_per_m'], run: ownCpu('logs_own_cpu_s_per_m', 'logs') },
  { figures: ['forward_extra_cpu_s_per_m'], run: extraCpu('ml', FORWARDING) },
  { figures: ['redact_extra_cpu_s_per_m'], run: extraCpu('secrets', REDACTION) },
  { figures: ['backfill_spans_per_s'], run: backfill },
  { figures: ['sdk_lost_spans'], run: sdkLoss },
  { figures: ['rss_growth_mb_10min'], run: rssGrowth },
];

async function bench(options: BenchOptions): Promise<void> {
  const measured: Samples = {};
  for (const { figures, run } of SCENARIOS) {
    const wanted = figures.filter((name) => options.only.has(name));
    if (wanted.length === 0) continue;
    const samples = await run({
      runs: options.runs,
      quick: options.quick,
      seconds: options.seconds,
      log: (line) => {
        console.log(line);
      },
    });
    for (const name of wanted) measured[name] = samples[name]!;
  }
  console.log(`\n${formatTable(measured)}`);
  if (options.json) console.log(JSON.stringify(reportFigures(measured)));
}

// An exit by signal would skip the handlers that end the processes of the bench.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code));
}
let options: BenchOptions | undefined;
try {
  options = parseBenchOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
if (options) {
  bench(options).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
