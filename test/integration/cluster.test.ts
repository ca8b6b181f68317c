import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { clusterStatements, loadMigrations } from '@plumbline/schemas';
import { startEngine, type TestEngine } from '../support/engine';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

test.each(loadMigrations().map(({ name, statements }) => [name, statements] as const))(
  'what %s is on a cluster is a statement that the engine understands',
  async (_, statements) => {
    const cluster = { name: 'main', database: 'plumbline' };
    for (const text of statements.flatMap((one) => clusterStatements(one, cluster))) {
      const answer = await engine.client.query({
        query: 'SELECT formatQuery({text: String}) AS formatted',
        query_params: { text },
        format: 'JSONEachRow',
      });
      const [row] = await answer.json<{ formatted: string }>();
      expect(row!.formatted).toMatch(/^INSERT INTO|ON CLUSTER main/);
    }
  },
);
