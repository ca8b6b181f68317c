import { join } from 'node:path';
import { z } from 'zod';

const manifest = z.object({ version: z.string() });

/** The version of this package; `src` and `dist` are equally deep below its manifest. */
export const readVersion = (readFile: (path: string) => string): string =>
  manifest.parse(JSON.parse(readFile(join(__dirname, '../../package.json')))).version;
