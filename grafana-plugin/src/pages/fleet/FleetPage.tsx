import { t } from '@grafana/i18n';
import { getDataSourceSrv, PluginPage } from '@grafana/runtime';
import { Alert, InteractiveTable, Spinner } from '@grafana/ui';
import { useState } from 'react';
import { CLICKHOUSE_TYPE } from '../../queries/clickhouseQuery';
import { useQuery } from '../../queries/useQuery';

const SQL =
  'SELECT model, version, requests_24h FROM v_models ORDER BY requests_24h DESC LIMIT 100';

const FleetPage = () => {
  const [toMs] = useState(Date.now);
  const source = getDataSourceSrv()
    .getList({ type: CLICKHOUSE_TYPE })
    .find(({ type }) => type === CLICKHOUSE_TYPE);
  const result = useQuery(
    source && { sql: SQL, datasourceUid: source.uid, fromMs: toMs - 86_400_000, toMs },
  );
  if (result.state === 'loading') return <Spinner />;
  if (result.state === 'failed')
    return <Alert title={t('state.failed', 'The query failed')}>{result.message}</Alert>;
  const [frame] = result.frames;
  const rows = Array.from({ length: frame?.length ?? 0 }, (_, index) =>
    Object.fromEntries(frame!.fields.map((field) => [field.name, field.values[index] as unknown])),
  );
  return (
    <PluginPage>
      <InteractiveTable
        columns={[
          { id: 'model', header: t('fleet.model', 'Model') },
          { id: 'version', header: t('fleet.version', 'Version') },
          { id: 'requests_24h', header: t('fleet.requests', 'Requests') },
        ]}
        data={rows}
        getRowId={(row: Record<string, unknown>) =>
          `${String(row['model'])}/${String(row['version'])}`
        }
      />
    </PluginPage>
  );
};

export default FleetPage;
