import type { Config } from '../config/config';
import { configuredPrices } from '../configuredPrices';
import { messageOf } from '../core/errors';
import { createPricer } from '../enrich/price/pricer';
import { selectPrices } from '../enrich/price/selectPrices';
import { repriceUsage, type UsageRepriceReport } from '../monitor/usage/repriceUsage';
import { withStore } from '../offlineStore';
import { loadPrices, readPrices } from '../store/prices';
import { reprice, type RepriceRange } from '../store/reprice';
import type { MoneyDifference, RepriceReport } from '../store/repriceReport';
import { FAILED, MISUSED, type Command, type Host } from './command';
import { commandStatements } from './commandStatements';
import { CONFIG_OPTION, configOf } from './configOption';
import { RANGE_OPTIONS, rangeOf } from './timeOption';

const money = (nano: bigint): string => (Number(nano) / 1e9).toFixed(6);

const tellDifferences = (differences: readonly MoneyDifference[], host: Host): void => {
  for (const { currency, beforeNano, afterNano } of differences) {
    const difference = money(afterNano - beforeNano);
    host.out(`${currency}: ${money(beforeNano)} before, ${money(afterNano)} now (${difference})`);
  }
};

const tell = (report: RepriceReport, version: string, host: Host): void => {
  host.out(`${report.rowsRead} model calls read, ${report.rowsChanged} priced anew by ${version}`);
  tellDifferences(report.differences, host);
};

const tellUsage = (report: UsageRepriceReport, version: string, host: Host): void => {
  const { minutes, minutesKept } = report;
  if (minutes > 0) host.out(`${minutes} minutes of usage from metrics priced anew by ${version}`);
  if (minutesKept > 0)
    host.out(`${minutesKept} minutes of usage keep their price: their points are gone`);
  tellDifferences(report.differences, host);
};

const run = (config: Config, version: string | undefined, range: RepriceRange, host: Host) =>
  withStore(config, async (client) => {
    const configured = await configuredPrices(config.prices.overrideFile);
    await loadPrices(client, configured.rows);
    const wanted = version ?? configured.version;
    const { rows, missing } = selectPrices(await readPrices(client), wanted);
    if (missing.length > 0) {
      host.error(`--price-version ${wanted}: ml_prices has no rows of ${missing.join(', ')}`);
      return MISUSED;
    }
    const pricer = createPricer(rows);
    const report = await reprice(
      client,
      (inference) => {
        pricer.price(inference);
      },
      range,
    );
    tell(report, wanted, host);
    tellUsage(await repriceUsage(commandStatements(client), pricer, range), wanted, host);
    return 0;
  });

/** Prices stored model calls, and usage that only metrics told, again, for example after a contract changed; a second run changes nothing. */
export const repriceCommand: Command = {
  name: 'reprice',
  summary: 'Price stored model calls again and tell the difference',
  options: {
    config: CONFIG_OPTION,
    ...RANGE_OPTIONS,
    'price-version': {
      type: 'string',
      value: 'VERSION',
      summary:
        'as in ml_prices, several joined by +; default: what this build and configuration bring',
    },
  },
  async run(values, host) {
    const range = rangeOf(values, host.error);
    if (range === undefined) return MISUSED;
    const config = configOf(values, host);
    if (config === undefined) return MISUSED;
    const version = values['price-version'];
    try {
      return await run(config, typeof version === 'string' ? version : undefined, range, host);
    } catch (error) {
      host.error(messageOf(error));
      return FAILED;
    }
  },
};
