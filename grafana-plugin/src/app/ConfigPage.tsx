import type { AppPluginMeta, PluginConfigPageProps } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import {
  Alert,
  Button,
  Combobox,
  Field,
  FieldSet,
  Input,
  LinkButton,
  SecretInput,
  Stack,
} from '@grafana/ui';
import { type FormEvent, useState } from 'react';
import { firstValueFrom } from 'rxjs';
import { problemOf } from '../shared/problem';
import { API_TOKEN, type AppSettings } from '../shared/appSettings';
import { listDataSources } from '../shared/dataSource';
import { pageUrl } from '../shared/links';
import { t } from '../shared/t';
import { apiUrlProblem } from './apiUrlProblem';

type Props = PluginConfigPageProps<AppPluginMeta<AppSettings>>;

interface Form {
  readonly apiUrl: string;
  readonly token: string;
  readonly tokenIsSet: boolean;
  readonly datasourceUid: string;
}

/** Grafana writes `secureJsonFields` beside the settings; its types do not say so. */
const secretIsSet = (meta: object): boolean =>
  'secureJsonFields' in meta &&
  (meta.secureJsonFields as Readonly<Record<string, boolean>> | undefined)?.[API_TOKEN] === true;

const settingsOf = ({ apiUrl, token, datasourceUid }: Form) => ({
  jsonData: { apiUrl: apiUrl.replace(/\/+$/, ''), datasourceUid },
  // Secrets that are left out stay as they are.
  ...(token === '' ? {} : { secureJsonData: { [API_TOKEN]: token } }),
});

const ConfigPage = ({ plugin: { meta } }: Props) => {
  const [form, setForm] = useState<Form>({
    apiUrl: meta.jsonData?.apiUrl ?? '',
    token: '',
    tokenIsSet: secretIsSet(meta),
    datasourceUid: meta.jsonData?.datasourceUid ?? '',
  });
  const [failure, setFailure] = useState('');
  const change = (part: Partial<Form>) => {
    setForm((before) => ({ ...before, ...part }));
  };
  const problem = apiUrlProblem(form.apiUrl);

  const save = async (event: FormEvent) => {
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
        <Field
          label={t('setup.config.apiUrl', 'Address of the API')}
          description={t(
            'setup.config.apiUrlHelp',
            'The admin server of the Plumbline processor as this Grafana reaches it. Everyone who is signed in can read it.',
          )}
          invalid={problem !== undefined}
          error={problem}
        >
          <Input
            id="plumbline-api-url"
            width={60}
            placeholder="http://127.0.0.1:4319"
            value={form.apiUrl}
            onChange={({ currentTarget }) => {
              change({ apiUrl: currentTarget.value });
            }}
          />
        </Field>
        <Field
          label={t('setup.config.token', 'Token')}
          description={t(
            'setup.config.tokenHelp',
            'The value of api.grafana.token in the configuration of the processor. It is stored encrypted and never shown again.',
          )}
        >
          <SecretInput
            id="plumbline-api-token"
            width={60}
            isConfigured={form.tokenIsSet}
            value={form.token}
            onReset={() => {
              change({ token: '', tokenIsSet: false });
            }}
            onChange={({ currentTarget }) => {
              change({ token: currentTarget.value });
            }}
          />
        </Field>
        <Field
          label={t('setup.config.dataSource', 'Data source')}
          description={t(
            'setup.config.dataSourceHelp',
            'The ClickHouse data source that the app starts with.',
          )}
        >
          <Combobox
            id="plumbline-data-source"
            width={60}
            isClearable
            options={listDataSources().map(({ uid, name }) => ({ value: uid, label: name }))}
            value={form.datasourceUid === '' ? null : form.datasourceUid}
            onChange={(option: { readonly value: string } | null) => {
              change({ datasourceUid: option?.value ?? '' });
            }}
          />
        </Field>
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
