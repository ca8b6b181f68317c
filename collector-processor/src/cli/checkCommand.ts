import { MISUSED, type Command } from './command';
import { CONFIG_OPTION, configOf } from './configOption';

export const checkCommand: Command = {
  name: 'check',
  summary: 'Check a configuration file and tell every problem in it',
  options: { config: CONFIG_OPTION },
  run: (values, host) => {
    if (configOf(values, host) === undefined) return Promise.resolve(MISUSED);
    host.out('ok');
    return Promise.resolve(0);
  },
};
