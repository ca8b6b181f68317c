import type { AppPluginMeta, PluginConfigPageProps } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import { Alert, Button, FieldSet, LinkButton, Stack } from '@grafana/ui';
import { type SyntheticEvent, useState } from 'react';
import { firstValueFrom } from 'rxjs';
import { problemOf } from '../shared/problem';
import { API_TOKEN, type AppSettings } from '../shared/appSettings';
import { pageUrl } from '../shared/links';
import { t } from '../shared/t';
import { apiUrlProblem } from './apiUrlProblem';
import { ConfigFields, type ConfigForm } from './ConfigFields';

type Props = PluginConfigPageProps<AppPluginMeta<AppSettings>>;

/** Grafana writes `secureJsonFields` beside the settings; its types do not say so. */
const secretIsSet = (meta: object): boolean =>
  'secureJsonFields' in meta &&
  (meta.secureJsonFields as Readonly<Record<string, boolean>> | undefined)?.[API_TOKEN] === true;

const settingsOf = ({ apiUrl, token, datasourceUid }: ConfigForm) => ({
  jsonData: { apiUrl: apiUrl.replace(/\/+$/, ''), datasourceUid },
  // Secrets that are left out stay as they are.
  ...(token === '' ? {} : { secureJsonData: { [API_TOKEN]: token } }),
});

const ConfigPage = ({ plugin: { meta } }: Props) => {
  const [form, setForm] = useState<ConfigForm>({
    apiUrl: meta.jsonData?.apiUrl ?? '',
    token: '',
    tokenIsSet: secretIsSet(meta),
    datasourceUid: meta.jsonData?.datasourceUid ?? '',
  });
  const [failure, setFailure] = useState('');
  const change = (part: Partial<ConfigForm>) => {
    setForm((before) => ({ ...before, ...part }));
  };
  const problem = apiUrlProblem(form.apiUrl);

  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    try {
      await firstValueFrom(
        getBackendSrv().fetch({
          url: `/api/plugins/${meta.id}/settings`,
          method: 'POST',
          showErrorAlert: false,
          data: { enabled: true, pinned: meta.pinned ?? true, ...settingsOf(form) },
        }),
      );
      // Grafana reads the settings of an app when it starts the page.
      window.location.reload();
    } catch (error) {
      setFailure(problemOf(error).message);
    }
  };

  return (
    <form onSubmit={save}>
      <FieldSet label={t('setup.config.title', 'Connection')}>
        {failure !== '' && (
          <Alert severity="error" title={t('setup.config.failed', 'Not saved')}>
            {failure}
          </Alert>
        )}
        <ConfigFields form={form} problem={problem} onChange={change} />
        <Stack gap={1}>
          <Button type="submit" disabled={problem !== undefined}>
            {t('setup.config.save', 'Save')}
          </Button>
          <LinkButton variant="secondary" href={pageUrl('setup')}>
            {t('setup.config.check', 'Check the set-up')}
          </LinkButton>
        </Stack>
      </FieldSet>
    </form>
  );
};

export default ConfigPage;
