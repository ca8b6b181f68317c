import type { BrowserTest } from './startBrowserTest';

/** Versions, stages, metadata and a baseline of the golden models, as people would have told them. */
export async function insertGoldenRegistry({ client }: BrowserTest): Promise<void> {
  const run = (query: string) => client.command({ query });
  const key = "'default', 'production', 'fraud'";
  const minutes = (count: number): string => `now64(3) - INTERVAL ${count} MINUTE`;
  const checks = JSON.stringify([
    { name: 'traffic', status: 'pass', fact: '960 requests in 7 days', time: null, values: {} },
    {
      name: 'drift',
      status: 'warn',
      fact: 'amount has drifted by 0.70 sd',
      time: null,
      values: {},
    },
  ]).replaceAll("'", "\\'");
  const change = (version: string, ago: number, from: string, to: string, reason: string): string =>
    `(${key}, '${version}', ${minutes(ago)}, '${version}-${ago}', '${from}', '${to}', '${reason}', '${checks}', 'user:2', 'Ada Example', ${ago})`;
  await run(`INSERT INTO ml_stage_changes
(tenant, environment, model, version, time, change_id, from_stage, to_stage, reason, checks, actor, actor_name, row_version) VALUES
${[
  change('2', 4000, '', 'production', 'first version'),
  change('3', 1500, '', 'staging', 'trained on data until October'),
  change('3', 120, 'staging', 'production', 'better on every segment'),
  change('2', 119, 'production', 'archived', '3 took its place'),
].join(',\n')}`);
  await run(`INSERT INTO ml_model_metadata
(tenant, environment, model, version, owner, team, description, links, tags, card, created_at, updated_at, actor, actor_name, row_version) VALUES
(${key}, '', 'Ada Example', 'risk', 'Scores card payments before they are settled.', {'Training code': 'https://git.example/fraud'},
 {'data': 'payments-2026-10'}, '## Intended use\\n\\nScores **card payments** only.\\n\\n- not for loans\\n- not for people under 18', now64(3), now64(3), 'user:2', 'Ada Example', 1)`);
}

/** A pinned baseline of two features of the fraud model, so that no test waits for the one that the monitor makes. */
export async function insertGoldenReference({ client }: BrowserTest): Promise<void> {
  const run = (query: string) => client.command({ query });
  const key = 'tenant, environment, model, feature';
  for (const [feature, width] of [
    ['amount', 5],
    ['age_days', 18],
  ] as const) {
    const values = `'default', 'production', 'fraud', '${feature}'`;
    await run(`INSERT INTO ml_bins (${key}, bins_version, kind, edges)
SELECT ${values}, 77, 'number', arrayMap(k -> k * ${width}, range(1, 24))`);
    // More in the middle than at the ends, none beyond the last edge: missing and new come after the bins.
    await run(`INSERT INTO ml_baselines (${key}, version, baseline, bins_version, n, counts, sum, sum_squares, pinned)
SELECT ${values}, '3', 'golden', 77, arraySum(counts), counts, arraySum(counts) * ${width * 12},
  arraySum(counts) * ${width * width * 170},  1
FROM (SELECT arrayConcat(arrayMap(k -> toUInt64(1200 - 100 * abs(11 - k)), range(24)), [0, 0]) AS counts)`);
  }
}
