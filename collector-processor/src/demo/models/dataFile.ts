import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The text of a file of the npm package `vega-datasets`, which exports only its entry: the data lie beside it. */
export function dataFile(name: string): string {
  const entry = require.resolve('vega-datasets');
  return readFileSync(join(dirname(entry), '..', 'data', name), 'utf8');
}
