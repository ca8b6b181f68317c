import { readFileSync } from 'node:fs';
import type { Host } from './command';

/** The real world. */
export const processHost: Host = {
  env: process.env,
  readFile: (path) => readFileSync(path, 'utf8'),
  out: (line) => {
    console.log(line);
  },
  error: (line) => {
    console.error(line);
  },
  lifetime: process,
};
