import type { ClickHouseClient } from '@clickhouse/client';
import { DEMO_ENVIRONMENT } from '../demo/environment';
import { createBaseline } from '../monitor/baselines/createBaseline';
import { commandStatements } from './commandStatements';

const STATEMENT_TIMEOUT_MS = 60_000;

/** Makes a baseline of each version that was called in a range of the demo's past. */
export async function makeDemoBaselines(
  client: ClickHouseClient,
  range: { readonly fromMs: number; readonly toMs: number },
): Promise<void> {
  const statements = commandStatements(client, STATEMENT_TIMEOUT_MS);
  const versions = await statements.read<{ tenant: string; model: string; version: string }>(
    `SELECT tenant, model, version FROM ml_inferences
WHERE environment = '${DEMO_ENVIRONMENT}' AND time < fromUnixTimestamp64Milli(toInt64(${range.toMs})) AND version != ''
GROUP BY tenant, model, version HAVING count() >= 1000 ORDER BY count() DESC`,
  );
  const make = async (version: (typeof versions)[number]): Promise<void> => {
    const request = { ...version, environment: DEMO_ENVIRONMENT, ...range, segment: '' } as const;
    const report = await createBaseline(statements, {
      ...request,
      source: 'auto',
      freshBins: false,
    });
    if (report.status === 'refused') throw new Error(`${version.model}: ${report.reason}`);
  };
  // Two models at once use both cores that such a machine has at least.
  const waiting = versions.values();
  const work = async (): Promise<void> => {
    for (const version of waiting) await make(version);
  };
  await Promise.all([work(), work()]);
}
