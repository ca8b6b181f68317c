import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboardFiles } from './dashboards';

/** `npm run dashboards`: writes what Grafana imports and provisions. */
for (const [name, text] of dashboardFiles()) {
  writeFileSync(join(__dirname, '..', name), text);
}
