import { z } from 'zod';

const text = z.string().min(1);

/** Types of data source that a file of ours may name: Grafana takes any text here and shows an error much later. */
const DATA_SOURCE_TYPES = ['grafana-clickhouse-datasource', 'prometheus'] as const;

export const dataSourceFile = z.strictObject({
  apiVersion: z.literal(1),
  datasources: z.array(
    z.strictObject({
      name: text,
      uid: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
      type: z.enum(DATA_SOURCE_TYPES),
      orgId: z.number().int().optional(),
      access: z.literal('proxy').optional(),
      url: text.optional(),
      isDefault: z.boolean().optional(),
      editable: z.boolean().optional(),
      // `database` is what other data sources call it, and this one's backend passes over it.
      jsonData: z.looseObject({
        database: z.never('the data source reads defaultDatabase').optional(),
        server: z.never('the data source reads host').optional(),
      }),
      secureJsonData: z.record(z.string(), z.string()).optional(),
    }),
  ),
  deleteDatasources: z.array(z.looseObject({})).optional(),
  prune: z.boolean().optional(),
});

export const pluginFile = z.strictObject({
  apiVersion: z.literal(1),
  apps: z.array(
    z.strictObject({
      type: text,
      org_id: z.number().int(),
      disabled: z.boolean(),
      jsonData: z.record(z.string(), z.unknown()).optional(),
      secureJsonData: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

export const dashboardFile = z.strictObject({
  apiVersion: z.literal(1),
  providers: z.array(
    z.strictObject({
      name: text,
      orgId: z.number().int().optional(),
      type: z.literal('file'),
      folder: z.string().optional(),
      folderUid: z.string().optional(),
      disableDeletion: z.boolean().optional(),
      allowUiUpdates: z.boolean().optional(),
      updateIntervalSeconds: z.number().optional(),
      options: z.strictObject({ path: text, foldersFromFilesStructure: z.boolean().optional() }),
    }),
  ),
});
