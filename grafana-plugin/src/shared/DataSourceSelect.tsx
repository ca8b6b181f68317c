import { locationService } from '@grafana/runtime';
import { DATA_SOURCE_VARIABLE, listDataSources, rememberDataSource } from './dataSource';
import { useDataSource } from './DataSourceContext';
import { LabelledCombobox } from './LabelledCombobox';
import { t } from './t';

/** The choice of the data source on pages without a scene; nothing where there is only one. */
export const DataSourceSelect = () => {
  const { uid } = useDataSource();
  const all = listDataSources();
  if (all.length < 2) return null;
  return (
    <LabelledCombobox
      id="chosen-data-source"
      width="auto"
      label={t('shared.dataSource', 'Data source')}
      options={all.map((source) => ({ value: source.uid, label: source.name }))}
      value={uid}
      onChange={({ value }) => {
        rememberDataSource(value);
        locationService.partial({ [`var-${DATA_SOURCE_VARIABLE}`]: value });
      }}
    />
  );
};
