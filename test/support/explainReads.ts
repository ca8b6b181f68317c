import type { ClickHouseClient } from '@clickhouse/client';

/** One read of a table in a plan: its indexes with what they left of the parts and granules. */
export interface TableRead {
  readonly table: string;
  readonly keys: ReadonlyMap<string, readonly string[]>;
  readonly granulesRead: number;
  readonly granules: number;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly Description?: string;
  readonly Indexes?: readonly {
    readonly Type: string;
    readonly Keys?: readonly string[];
    readonly 'Initial Granules': number;
    readonly 'Selected Granules': number;
  }[];
  readonly Plans?: readonly PlanNode[];
}

const readsOf = (node: PlanNode): TableRead[] => {
  const own =
    node['Node Type'] === 'ReadFromMergeTree'
      ? [
          {
            table: (node.Description ?? '').replace(/^.*\./, ''),
            keys: new Map(
              // Older engines write `MinMax`.
              (node.Indexes ?? []).map(({ Type, Keys }) => [Type.replace('-', ''), Keys ?? []]),
            ),
            granules: node.Indexes?.[0]?.['Initial Granules'] ?? 0,
            granulesRead: node.Indexes?.at(-1)?.['Selected Granules'] ?? 0,
          },
        ]
      : [];
  return [...own, ...(node.Plans ?? []).flatMap(readsOf)];
};

/** What the engine plans to read for a query. */
export async function explainReads(client: ClickHouseClient, query: string): Promise<TableRead[]> {
  const answer = await client.query({
    query: `EXPLAIN json = 1, indexes = 1 ${query}`,
    format: 'JSONEachRow',
  });
  const [row] = await answer.json<{ explain: string }>();
  const [found] = JSON.parse(row!.explain) as { Plan: PlanNode }[];
  return readsOf(found!.Plan);
}
