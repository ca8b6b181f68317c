import { locationService } from '@grafana/runtime';
import { Combobox } from '@grafana/ui';
import { DATA_SOURCE_VARIABLE, listDataSources, rememberDataSource } from './dataSource';
import { useDataSource } from './DataSourceContext';
import { t } from './t';

/** The choice of the data source on pages without a scene; nothing where there is only one. */
export const DataSourceSelect = () => {
  const { uid } = useDataSource();
  const all = listDataSources();
  if (all.length < 2) return null;
  return (
    <Combobox
      width="auto"
      minWidth={20}
      aria-label={t('shared.dataSource', 'Data source')}
      options={all.map((source) => ({ value: source.uid, label: source.name }))}
      value={uid}
      onChange={({ value }) => {
        rememberDataSource(value);
        locationService.partial({ [`var-${DATA_SOURCE_VARIABLE}`]: value });
      }}
    />
  );
};
