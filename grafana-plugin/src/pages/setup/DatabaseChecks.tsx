import { config, getDataSourceSrv } from '@grafana/runtime';
import { databaseSql, schemaVersionSql } from '@plumbline/schemas/queries';
import { numberOf, rowsOf, textOf, type Row } from '../../queries/rowsOf';
import { type QueryState, useQuery } from '../../queries/useQuery';
import { formatCount, UNKNOWN } from '../../shared/format';
import { t } from '../../shared/t';
import { CheckItem } from './CheckItem';
import { type CheckState, isAtLeast, LEAST, missingIn, tablesState } from './checks';
import type { SetupQuery } from './SetupChecks';

export const firstRow = (query: QueryState): Row | undefined =>
  query.state === 'done' ? rowsOf(query.frames)[0] : undefined;

const Tables = ({ query }: { readonly query: QueryState }) => {
  const row = firstRow(query);
  const failed = query.state === 'failed' ? 'failed' : undefined;
  const missing = row === undefined ? [] : missingIn(row);
  return (
    <CheckItem
      title={t('setup.tables.title', 'Tables')}
      state={row === undefined ? failed : tablesState(row)}
    >
      {query.state === 'failed' && <span>{query.message}</span>}
      {row !== undefined && (
        <span>
          {t('setup.tables.found', 'Database {{database}}: {{found}} of {{expected}} are there', {
            database: textOf(row, 'database'),
            found: formatCount((numberOf(row, 'expected') ?? 0) - missing.length),
            expected: formatCount(numberOf(row, 'expected')),
          })}
        </span>
      )}
      {missing.length > 0 && (
        <span style={{ overflowWrap: 'anywhere' }}>
          {t(
            'setup.tables.missing',
            'Not there, or not to be seen by the user of the data source: {{names}}',
            { names: missing.join(', ') },
          )}
        </span>
      )}
    </CheckItem>
  );
};

/** Versions of everything that has to fit together. */
const Versions = ({ uid, row, schema }: VersionProps) => {
  const grafana = config.buildInfo.version;
  const source = getDataSourceSrv().getInstanceSettings(uid)?.meta.info.version ?? '';
  const fits = isAtLeast(grafana, LEAST.grafana) && isAtLeast(source, LEAST.dataSource);
  const state: CheckState = fits ? 'ok' : 'warning';
  const lines: readonly (readonly [string, string])[] = [
    ['Grafana', `${grafana} (≥ ${LEAST.grafana})`],
    [
      t('setup.versions.source', 'ClickHouse data source'),
      `${source || UNKNOWN} (≥ ${LEAST.dataSource})`,
    ],
    ['ClickHouse', row === undefined ? UNKNOWN : textOf(row, 'server') || UNKNOWN],
    [
      t('setup.versions.schema', 'Schema of Plumbline'),
      schema === undefined ? UNKNOWN : formatCount(numberOf(schema, 'schema_version')),
    ],
  ];
  return (
    <CheckItem title={t('setup.versions.title', 'Versions')} state={state}>
      <ul style={{ listStyle: 'none' }}>
        {lines.map(([name, version]) => (
          <li key={name}>{`${name}: ${version}`}</li>
        ))}
      </ul>
    </CheckItem>
  );
};

interface VersionProps {
  readonly uid: string;
  readonly row: Row | undefined;
  readonly schema: Row | undefined;
}

/** Whether this is a database of Plumbline, and which versions meet here. */
export const DatabaseChecks = ({ request }: { readonly request: SetupQuery }) => {
  const { query } = useQuery({ ...request, sql: databaseSql() });
  const schema = useQuery({ ...request, sql: schemaVersionSql() });
  return (
    <>
      <Tables query={query} />
      <Versions uid={request.datasourceUid} row={firstRow(query)} schema={firstRow(schema.query)} />
    </>
  );
};
