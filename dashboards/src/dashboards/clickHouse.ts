import {
  disks,
  merges,
  partsWritten,
  storeErrors,
  storeMetrics,
  storeTotals,
  tables,
} from '@plumbline/schemas/queries';
import type { DashboardSpec } from '../parts/dashboard';
import { stat } from '../parts/stat';
import { table } from '../parts/table';
import { timeSeries } from '../parts/timeSeries';

export const CLICKHOUSE: DashboardSpec = {
  uid: 'plumbline-clickhouse',
  title: 'Plumbline ClickHouse health',
  description:
    'The store: disks, tables, parts, merges and errors. It reads system tables, which a user may be kept from.',
  from: 'now-6h',
  variables: [],
  panels: [
    stat({
      title: 'Store',
      sql: storeTotals(),
      fields: {
        bytes: ['On disk', 'bytes'],
        parts: ['Parts', 'short'],
        merges: ['Merges', 'short'],
        mutations: ['Mutations', 'short'],
        queries: ['Queries', 'short'],
      },
    }),
    table({ title: 'Disks', sql: disks(), width: 12, height: 6 }),
    table({ title: 'Merges under way', sql: merges(), width: 12, height: 6 }),
    table({
      title: 'Tables',
      description:
        'Many parts in one partition mean that inserts are too small or merges too slow.',
      sql: tables(),
      height: 12,
    }),
    timeSeries({
      title: 'Rows by when their part was written',
      description: 'Parts that are active now: inserts, and merges of them.',
      sql: partsWritten(),
      unit: 'short',
      by: ['table'],
      stacked: true,
      min: 0,
    }),
    table({ title: 'Numbers of the server', sql: storeMetrics(), width: 12, height: 8 }),
    table({ title: 'Errors since the start', sql: storeErrors() }),
  ],
};
