import { Combobox, Field, Input, SecretInput } from '@grafana/ui';
import { listDataSources } from '../shared/dataSource';
import { t } from '../shared/t';

export interface ConfigForm {
  readonly apiUrl: string;
  readonly token: string;
  readonly tokenIsSet: boolean;
  readonly datasourceUid: string;
}

interface Props {
  readonly form: ConfigForm;
  /** What is wrong with the address of the API; undefined: nothing. */
  readonly problem: string | undefined;
  readonly onChange: (part: Partial<ConfigForm>) => void;
}

/** Where the admin server listens unless it is told otherwise. */
const EXAMPLE_URL = 'http://127.0.0.1:4319';

/** How the app reaches the API and the data. */
export const ConfigFields = ({ form, problem, onChange }: Props) => (
  <>
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
        placeholder={EXAMPLE_URL}
        value={form.apiUrl}
        onChange={({ currentTarget }) => {
          onChange({ apiUrl: currentTarget.value });
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
          onChange({ token: '', tokenIsSet: false });
        }}
        onChange={({ currentTarget }) => {
          onChange({ token: currentTarget.value });
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
          onChange({ datasourceUid: option?.value ?? '' });
        }}
      />
    </Field>
  </>
);
