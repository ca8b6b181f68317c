import type { Config } from '../config/config';
import { loadConfig } from '../config/loadConfig';
import type { Host, Option, Values } from './command';

/** `--config FILE`, the same for every command that needs a configuration. */
export const CONFIG_OPTION: Option = {
  type: 'string',
  short: 'c',
  value: 'FILE',
  summary: 'YAML file; without it every option has its default',
};

/** The checked configuration; undefined after every problem has been printed. */
export const configOf = (values: Values, { env, readFile, error }: Host): Config | undefined => {
  const path = typeof values.config === 'string' ? { path: values.config } : {};
  const loaded = loadConfig({ ...path, env, readFile });
  if (loaded.status === 'ok') return loaded.config;
  for (const problem of loaded.problems) error(problem);
  return undefined;
};
