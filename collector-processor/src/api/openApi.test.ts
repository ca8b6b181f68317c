import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOpenApi } from './openApi';
import { createRoutes } from './routes';

const ignored = (): void => undefined;
const routes = createRoutes({
  events: {
    inferencesCounted: ignored,
    unpriced: ignored,
    recordsCounted: ignored,
    recordProblems: ignored,
  },
  registry: { read: () => Promise.reject(new Error('nobody asks')), forget: ignored },
  clock: Date.now,
});

it('is what docs/openapi.json holds: run `node scripts/openapi.mjs` after a change', () => {
  const file = readFileSync(join(__dirname, '../../../docs/openapi.json'), 'utf8');
  expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(createOpenApi(routes))));
});

it('names every operation once, and reading ones never write', () => {
  const ids = routes.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const route of routes) {
    if (route.kind === 'write') expect(route.role).not.toBe('viewer');
  }
});
