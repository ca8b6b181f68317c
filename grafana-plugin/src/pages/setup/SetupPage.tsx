import { usePluginContext } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { Stack } from '@grafana/ui';
import type { AppSettings } from '../../shared/appSettings';
import { useDataSourceChoice } from '../../shared/dataSource';
import { t } from '../../shared/t';
import { MissingDataSource } from '../../states/MissingDataSource';
import { NextSteps } from './NextSteps';
import { SetupChecks } from './SetupChecks';

/** Whether everything fits together, and what to do where it does not. Works without a data source. */
const SetupPage = () => {
  const settings = usePluginContext()?.meta.jsonData as AppSettings | undefined;
  const choice = useDataSourceChoice(settings?.datasourceUid);
  return (
    <PluginPage
      subTitle={t(
        'setup.subTitle',
        'From the data source to the first model: what works, what is missing',
      )}
    >
      <Stack direction="column" gap={4}>
        {choice.state === 'chosen' ? (
          <SetupChecks key={choice.uid} datasourceUid={choice.uid} />
        ) : (
          <MissingDataSource {...(choice.state === 'unknown' ? { unknownUid: choice.uid } : {})} />
        )}
        <NextSteps />
      </Stack>
    </PluginPage>
  );
};

export default SetupPage;
