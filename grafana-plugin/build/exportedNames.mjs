import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The names in one `export { a, b as c } from '…'` list; types are erased before a package is published. */
const namesIn = (list) =>
  list
    .split(',')
    .map((entry) =>
      entry
        .trim()
        .split(/\s+as\s+/)
        .at(-1),
    )
    .filter((name) => name !== '');

/**
 * What a published `@grafana/*` package exports at run time, read from its ES module entry. `from` is a folder whose
 * `node_modules` has it. Throws for an entry that exports in a way that is not read here, rather than to miss names.
 */
export const exportedNames = (name, from) => {
  const manifest = createRequire(join(from, 'package.json')).resolve(`${name}/package.json`);
  const entry = readFileSync(join(dirname(manifest), 'dist/esm/index.mjs'), 'utf8');
  const unread = entry.replace(/export\s*\{[^}]*\}/g, '').match(/^\s*export\b.*/m);
  if (unread !== null) throw new Error(`${name} exports in a way that is not read: ${unread[0]}`);
  return new Set([...entry.matchAll(/export\s*\{([^}]*)\}/g)].flatMap(([, list]) => namesIn(list)));
};
