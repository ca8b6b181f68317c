import { PluginPage } from '@grafana/runtime';
import { type ReactNode, useMemo } from 'react';
import { DataSourceProvider } from '../shared/DataSourceContext';
import { useDataSourceChoice } from '../shared/dataSource';
import { MissingDataSource } from '../states/MissingDataSource';

interface Props {
  readonly configuredUid: string | undefined;
  readonly children: ReactNode;
}

/** Pages below have a data source, or are not drawn. */
export const DataSourceGate = ({ configuredUid, children }: Props) => {
  const choice = useDataSourceChoice(configuredUid);
  const [uid, name] = choice.state === 'chosen' ? [choice.uid, choice.name] : ['', ''];
  const source = useMemo(() => ({ uid, name }), [uid, name]);
  if (choice.state === 'chosen')
    return <DataSourceProvider value={source}>{children}</DataSourceProvider>;
  return (
    <PluginPage>
      <MissingDataSource unknownUid={choice.state === 'unknown' ? choice.uid : undefined} />
    </PluginPage>
  );
};
