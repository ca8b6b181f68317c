import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { provisioningFiles } from './provisioningFiles';

/** `npm run provisioning`: writes `provisioning/` anew; `-- --runbooks URL` puts links to published runbooks in. */
const { values } = parseArgs({ options: { runbooks: { type: 'string' } } });
const directory = resolve(__dirname, '../../../provisioning');
rmSync(directory, { recursive: true, force: true });
for (const [path, text] of provisioningFiles(values)) {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
