import { locationService } from '@grafana/runtime';
import { useCallback } from 'react';
import { callGrafana } from '../../alerting/callGrafana';
import { useGrafana } from '../../alerting/useGrafana';
import { DATA_SOURCE_VARIABLE, listDataSources, rememberDataSource } from '../../shared/dataSource';
import { LabelledCombobox } from '../../shared/LabelledCombobox';
import { t } from '../../shared/t';
import { CheckItem } from './CheckItem';
import type { CheckState } from './checks';

interface Props {
  readonly uid: string;
}

interface Health {
  readonly status?: string;
  readonly message?: string;
}

/** The data source that the app reads, to choose, and whether it answers. */
export const SourceCheck = ({ uid }: Props) => {
  const read = useCallback(
    () =>
      callGrafana<Health>({
        method: 'GET',
        path: `/api/datasources/uid/${encodeURIComponent(uid)}/health`,
      }),
    [uid],
  );
  const { answer } = useGrafana(read);
  const state: CheckState | undefined =
    answer.state === 'loading'
      ? undefined
      : answer.state === 'done' && answer.data.status !== 'ERROR'
        ? 'ok'
        : 'failed';
  return (
    <CheckItem title={t('setup.source.title', 'Data source')} state={state}>
      <LabelledCombobox
        width="auto"
        minWidth={30}
        id="setup-data-source"
        label={t('shared.dataSource', 'Data source')}
        options={listDataSources().map((source) => ({ value: source.uid, label: source.name }))}
        value={uid}
        onChange={({ value }) => {
          rememberDataSource(value);
          locationService.partial({ [`var-${DATA_SOURCE_VARIABLE}`]: value });
        }}
      />
      {answer.state === 'failed' && <span>{answer.problem.message}</span>}
      {answer.state === 'done' && <span>{answer.data.message}</span>}
    </CheckItem>
  );
};
