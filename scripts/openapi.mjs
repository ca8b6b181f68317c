#!/usr/bin/env node
// Writes docs/openapi.json from the built API: `node scripts/openapi.mjs` after a build. A test compares the two.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './workspace.mjs';

const require = createRequire(import.meta.url);
const dist = join(root, 'collector-processor/dist/api');
const { createOpenApi } = require(join(dist, 'openApi.js'));
const { createRoutes } = require(join(dist, 'routes.js'));

writeFileSync(
  join(root, 'docs/openapi.json'),
  `${JSON.stringify(createOpenApi(createRoutes({ events: {}, registry: {}, clock: Date.now })), null, 2)}\n`,
);
