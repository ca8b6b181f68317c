import { Combobox, Field, Input } from '@grafana/ui';
import { useState } from 'react';
import { useWrite } from '../../api/useWrite';
import { t } from '../../shared/t';
import { FormModal } from '../../api/FormModal';
import type { RegistryKey } from './registryAnswers';

interface Props {
  readonly of: RegistryKey;
  readonly versions: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Marks that a version went live now, for the charts and the list of deployments. */
export const DeploymentForm = ({ of, versions, onClose, onDone }: Props) => {
  const [version, setVersion] = useState(versions[0] ?? '');
  const [service, setService] = useState('');
  const [text, setText] = useState('');
  const write = useWrite();
  const submit = async () => {
    const body = { ...of, version, service, text };
    const answer = await write.send({ method: 'POST', path: 'registry/deployments', body });
    if (answer !== undefined) onDone();
  };
  return (
    <FormModal
      title={t('registry.deployment.formTitle', 'A version of {{model}} went live', {
        model: of.model,
      })}
      action={t('registry.deployment.submit', 'Mark it now')}
      write={write}
      disabled={version === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('registry.column.version', 'Version')} required>
        <Combobox
          id="deployment-version"
          createCustomValue
          options={versions.map((value) => ({ value, label: value }))}
          value={version}
          onChange={({ value }) => {
            setVersion(value);
          }}
        />
      </Field>
      <Field label={t('registry.deployment.service', 'Where to (service)')}>
        <Input
          id="deployment-service"
          maxLength={256}
          value={service}
          onChange={({ currentTarget }) => {
            setService(currentTarget.value);
          }}
        />
      </Field>
      <Field label={t('registry.deployment.text', 'What to say about it')}>
        <Input
          id="deployment-text"
          maxLength={4096}
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
          }}
        />
      </Field>
    </FormModal>
  );
};
