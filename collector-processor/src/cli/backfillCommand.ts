import { backfill, type BackfillSettings } from '../backfill/backfill';
import type { BackfillReport } from '../backfill/report';
import { clusterOf } from '../clusterOf';
import type { Config } from '../config/config';
import { configuredContracts } from '../configuredContracts';
import { configuredPrices } from '../configuredPrices';
import { systemClock } from '../core/clock';
import { messageOf } from '../core/errors';
import { TENANT_KEY } from '../core/tenantKey';
import { createPricer } from '../enrich/price/pricer';
import { checkedPricer } from '../enrich/quality/checkedPricer';
import { selectPrices } from '../enrich/price/selectPrices';
import { createNormalizer } from '../normalize/normalizer';
import { recognisedKeys } from '../normalize/recognisedKeys';
import { forStoredSpans, NESTED_KEYS, noCategories } from '../normalize/storedSpans';
import { withStore } from '../offlineStore';
import { COST_KEYS } from '../store/costAttributes';
import { migrate } from '../store/migrate';
import { loadPrices, readPrices } from '../store/prices';
import { TraceBlock, TraceDecoder } from '../store/traceBlock';
import { FAILED, type Host, MISUSED, type Command } from './command';
import { CONFIG_OPTION, configOf } from './configOption';
import { RANGE_OPTIONS, rangeOf } from './timeOption';

/** Progress is told no more often than this. */
const TELL_EVERY_MS = 5_000;
/** Slower than this, a statement would wait so long for its reader that the store ends it. */
const SLOWEST = 100;

type Settings = Omit<BackfillSettings, 'stopping'>;
type Client = Parameters<Parameters<typeof withStore>[1]>[0];

const timeText = (unixMs: number): string => new Date(unixMs).toISOString().replace('.000Z', 'Z');

const summaryOf = ({ spans, candidates, inferences }: BackfillReport, isDryRun: boolean): string =>
  `${spans} spans, ${candidates} of them looked at, ${inferences} inferences ${isDryRun ? 'found' : 'written'}`;

/** The prices of this build, its configuration and, unless nothing may be written, of the store. */
async function pricesFor(client: Client, config: Config, isDryRun: boolean) {
  const { rows, version } = await configuredPrices(config.prices.overrideFile);
  if (isDryRun) return rows;
  const report = await migrate({
    client,
    events: { migrationApplied: () => undefined },
    cluster: clusterOf(config),
  });
  if (report.status === 'refused') throw new Error(report.reason);
  await loadPrices(client, rows);
  return selectPrices(await readPrices(client), version).rows;
}

/** The way of live requests, but for where the rows come from and go to. */
async function partsOf(client: Client, config: Config, isDryRun: boolean) {
  const normalizer = forStoredSpans(createNormalizer(), noCategories);
  const pricer = checkedPricer(
    createPricer(await pricesFor(client, config, isDryRun)),
    await configuredContracts(config.quality.contracts),
  );
  return {
    client,
    decoder: new TraceDecoder(normalizer, pricer, config.receive.limits),
    createBlock: () => new TraceBlock({ mode: 'backfill' }),
    keys: { nested: NESTED_KEYS, cost: COST_KEYS, tenant: TENANT_KEY },
    marks: recognisedKeys(),
    clock: systemClock,
  };
}

/** Says now and then how far it is, and at which rate. */
function progressTo(host: Host, isDryRun: boolean): (report: BackfillReport) => void {
  const startedAt = performance.now();
  let toldAt = startedAt;
  return (report) => {
    const now = performance.now();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    const rate = Math.round((report.spans / (now - startedAt)) * 1000);
    const until = timeText(report.doneUntilMs);
    host.out(
      `until ${until}: ${summaryOf(report, isDryRun)}, ${rate} spans/s; resume with --from ${until}`,
    );
  };
}

const tell = (report: BackfillReport, seconds: number, isDryRun: boolean, host: Host): void => {
  const rate = Math.round(report.spans / Math.max(seconds, 1e-3));
  host.out(`${summaryOf(report, isDryRun)}, ${seconds.toFixed(1)} s, ${rate} spans/s`);
  for (const { convention, costStatus, n } of report.counts) {
    host.out(`  ${convention}: ${n} ${costStatus === '' ? 'without cost' : costStatus}`);
  }
  const { rejected, malformed, reason } = report;
  if (rejected > 0) host.error(`${rejected} spans are over a limit and were left out: ${reason}`);
  if (malformed > 0) host.error(`${malformed} spans have ids that are not hexadecimal`);
};

const run = (config: Config, settings: Settings, host: Host): Promise<number> =>
  withStore(config, async (client) => {
    const stopping = new AbortController();
    const stop = (): void => {
      stopping.abort();
    };
    const signals = ['SIGINT', 'SIGTERM'] as const;
    for (const signal of signals) host.lifetime.on(signal, stop);
    const startedAt = performance.now();
    const progress = progressTo(host, settings.isDryRun);
    let doneUntilMs = settings.range.fromMs;
    try {
      const parts = await partsOf(client, config, settings.isDryRun);
      const report = await backfill(parts, { ...settings, stopping: stopping.signal }, (now) => {
        doneUntilMs = now.doneUntilMs;
        progress(now);
      });
      tell(report, (performance.now() - startedAt) / 1000, settings.isDryRun, host);
      if (!stopping.signal.aborted) return 0;
      host.error(`stopped; resume with --from ${timeText(report.doneUntilMs)}`);
    } catch (error) {
      host.error(`${messageOf(error)}; resume with --from ${timeText(doneUntilMs)}`);
    } finally {
      for (const signal of signals) host.lifetime.off(signal, stop);
    }
    return FAILED;
  });

/** Makes `ml_*` rows of the spans that an exporter has stored; doing it again changes nothing. */
export const backfillCommand: Command = {
  name: 'backfill',
  summary: 'Make inferences of the spans that are in otel_traces already',
  options: {
    config: CONFIG_OPTION,
    ...RANGE_OPTIONS,
    tenant: {
      type: 'string',
      value: 'NAME',
      default: 'default',
      summary: 'label of spans that were stored without one',
    },
    'max-spans-per-second': {
      type: 'string',
      value: 'N',
      summary: `read no faster than this, ${SLOWEST} at least, so that the database has time for others`,
    },
    'dry-run': { type: 'boolean', summary: 'write nothing, count what would be recognised' },
  },
  async run(values, host) {
    const range = rangeOf(values, host.error);
    if (range === undefined) return MISUSED;
    const limit = values['max-spans-per-second'];
    const maxSpansPerSecond = typeof limit === 'string' ? Number(limit) : Infinity;
    if (!(maxSpansPerSecond >= SLOWEST)) {
      host.error(`--max-spans-per-second ${String(limit)}: must be a number from ${SLOWEST}`);
      return MISUSED;
    }
    const config = configOf(values, host);
    if (config === undefined) return MISUSED;
    const tenant = typeof values.tenant === 'string' ? values.tenant : 'default';
    const isDryRun = values['dry-run'] === true;
    try {
      return await run(config, { range, tenant, maxSpansPerSecond, isDryRun }, host);
    } catch (error) {
      host.error(messageOf(error));
      return FAILED;
    }
  },
};
