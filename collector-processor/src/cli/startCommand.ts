import { hostname } from 'node:os';
import { systemClock } from '../core/clock';
import { createLogger } from '../telemetry/logger';
import { FAILED, MISUSED, type Command } from './command';
import { CONFIG_OPTION, configOf } from './configOption';
import { parseDuration } from './parseDuration';
import { runService } from './runService';
import type { CreateService } from './service';

export const createStartCommand = (createService: CreateService): Command => ({
  name: 'start',
  summary: 'Receive, recognise, price and store telemetry until told to stop',
  options: {
    config: CONFIG_OPTION,
    deadline: {
      type: 'string',
      value: 'TIME',
      default: '20s',
      summary: 'how long stopping may take, for example 20s; a second signal ends at once',
    },
  },
  async run(values, host) {
    const deadlineMs = parseDuration(String(values.deadline));
    if (deadlineMs === undefined) {
      host.error(`--deadline ${String(values.deadline)}: must be a time such as 500ms, 20s or 1m`);
      return MISUSED;
    }
    const config = configOf(values, host);
    if (config === undefined) return MISUSED;
    const { logLevel, serviceInstanceId } = config.telemetry;
    const logger = createLogger({}, { logLevel, instance: serviceInstanceId ?? hostname() });
    try {
      const parts = { lifetime: host.lifetime, logger, clock: systemClock };
      return await runService(createService(config), parts, { deadlineMs });
    } catch (error) {
      logger.fatal({ event: 'startFailed', err: error }, 'could not start');
      return FAILED;
    }
  },
});
