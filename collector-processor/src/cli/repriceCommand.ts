import type { Config } from '../config/config';
import { configuredPrices } from '../configuredPrices';
import { messageOf } from '../core/errors';
import { createPricer } from '../enrich/price/pricer';
import { selectPrices } from '../enrich/price/selectPrices';
import { withStore } from '../offlineStore';
import { loadPrices, readPrices } from '../store/prices';
import { reprice, type RepriceRange } from '../store/reprice';
import type { RepriceReport } from '../store/repriceReport';
import { FAILED, MISUSED, type Command, type Host } from './command';
import { CONFIG_OPTION, configOf } from './configOption';
import { RANGE_OPTIONS, rangeOf } from './timeOption';

const money = (nano: bigint): string => (Number(nano) / 1e9).toFixed(6);

const tell = (report: RepriceReport, version: string, host: Host): void => {
  host.out(`${report.rowsRead} model calls read, ${report.rowsChanged} priced anew by ${version}`);
  for (const { currency, beforeNano, afterNano } of report.differences) {
    const difference = money(afterNano - beforeNano);
    host.out(`${currency}: ${money(beforeNano)} before, ${money(afterNano)} now (${difference})`);
  }
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
    return 0;
  });

/** Prices stored model calls again, for example after a contract changed; a second run changes nothing. */
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
