import { Checkbox, Combobox, Field } from '@grafana/ui';
import { useState } from 'react';
import { useWrite } from '../../api/useWrite';
import { t } from '../../shared/t';
import { FormModal } from '../../api/FormModal';
import { ReasonField } from './ReasonField';
import type { RegistryKey } from './registryAnswers';
import { nextStage, type Stage, STAGES, stageText } from './stages';
import { VersionChecks } from './VersionChecks';

interface Props {
  readonly of: RegistryKey;
  readonly version: string;
  /** The one that it has. */
  readonly stage: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Gives a version another stage, with what is known about it in view. */
export const StageForm = ({ of, version, stage, onClose, onDone }: Props) => {
  const [to, setTo] = useState<Stage>(nextStage(stage));
  const [reason, setReason] = useState('');
  const [archive, setArchive] = useState(true);
  const write = useWrite();
  const submit = async () => {
    const body = {
      ...of,
      version,
      stage: to,
      reason,
      archive_others: to === 'production' && archive,
    };
    const answer = await write.send({ method: 'POST', path: 'registry/stage', body });
    if (answer !== undefined) onDone();
  };
  return (
    <FormModal
      title={t('registry.stage.title', 'Stage of {{model}} {{version}}', {
        model: of.model,
        version,
      })}
      action={t('registry.stage.submit', 'Change to {{stage}}', { stage: stageText(to) })}
      write={write}
      disabled={reason.trim() === '' || to === stage}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('registry.stage.new', 'New stage')}>
        <Combobox
          id="registry-stage"
          options={STAGES.map((value) => ({ value, label: stageText(value) }))}
          value={to}
          onChange={({ value }) => {
            setTo(value);
          }}
        />
      </Field>
      {to === 'production' && (
        <Field>
          <Checkbox
            label={t(
              'registry.stage.archiveOthers',
              'Archive the versions that are in production now',
            )}
            value={archive}
            onChange={({ currentTarget }) => {
              setArchive(currentTarget.checked);
            }}
          />
        </Field>
      )}
      <VersionChecks of={of} version={version} />
      <ReasonField value={reason} onChange={setReason} />
    </FormModal>
  );
};
