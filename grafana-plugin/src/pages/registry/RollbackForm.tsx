import { Text } from '@grafana/ui';
import { useState } from 'react';
import { useWrite } from '../../api/useWrite';
import { t } from '../../shared/t';
import { FormModal } from '../../api/FormModal';
import { ReasonField } from './ReasonField';
import type { RegistryKey } from './registryAnswers';
import { VersionChecks } from './VersionChecks';

interface Props {
  readonly of: RegistryKey;
  /** The one that comes back. */
  readonly version: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Brings back the version that was in production before. */
export const RollbackForm = ({ of, version, onClose, onDone }: Props) => {
  const [reason, setReason] = useState('');
  const write = useWrite();
  const submit = async () => {
    const body = { ...of, reason };
    const answer = await write.send({ method: 'POST', path: 'registry/rollback', body });
    if (answer !== undefined) onDone();
  };
  return (
    <FormModal
      title={t('registry.rollback.title', 'Roll back {{model}}', { model: of.model })}
      action={t('registry.rollback.open', 'Roll back to {{version}}', { version })}
      write={write}
      destructive
      disabled={reason.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text element="p">
        {t(
          'registry.rollback.what',
          'Version {{version}} goes into production again; what is in production now is archived. Traffic does not change by this: tell your deployment too.',
          { version },
        )}
      </Text>
      <VersionChecks of={of} version={version} />
      <ReasonField value={reason} onChange={setReason} />
    </FormModal>
  );
};
