import { Stack } from '@grafana/ui';
import { useState } from 'react';
import { ApiView } from '../../api/ApiView';
import { useApi } from '../../api/useApi';
import { canWriteRegistry } from '../../shared/permissions';
import { Deployments } from './Deployments';
import { ModelMetadata } from './ModelMetadata';
import { type OpenForm, RegisteredModelForm } from './RegisteredModelForm';
import { RegisteredModelHeader } from './RegisteredModelHeader';
import type { ModelVersions, RegistryEntry, RegistryKey } from './registryAnswers';
import { StageHistory } from './StageHistory';
import { rollbackTarget } from './stages';
import { VersionsTable } from './VersionsTable';

interface Props {
  readonly of: RegistryKey;
  readonly onLeave: () => void;
}

/** What is told about the model itself, not about one of its versions. */
const aboutModel = ({ metadata }: RegistryEntry) => metadata.find(({ version }) => version === '');

/** One model: versions with their stages, what is told about it, and what was decided when, by whom and why. */
export const RegisteredModel = ({ of, onLeave }: Props) => {
  const [open, setOpen] = useState<OpenForm>();
  const query = { name: of.model, environment: of.environment };
  const versions = useApi<ModelVersions>({ method: 'GET', path: 'model', query });
  const entry = useApi<RegistryEntry>({ method: 'GET', path: 'registry', query: { ...of } });
  const opener = (form: 'metadata' | 'rollback' | 'deployment') => () => {
    setOpen({ form });
  };
  const openStage = ({ version, stage }: { readonly version: string; readonly stage: string }) => {
    setOpen({ form: 'stage', version, stage });
  };
  const close = () => {
    setOpen(undefined);
  };
  const done = () => {
    close();
    versions.retry();
    entry.retry();
  };
  const told = entry.answer.state === 'done' ? entry.answer.data : undefined;
  const known = versions.answer.state === 'done' ? versions.answer.data.versions : [];
  const back = rollbackTarget(told?.stage_changes ?? []);
  const mayWrite = canWriteRegistry();
  return (
    <Stack direction="column" gap={2}>
      <RegisteredModelHeader
        {...{ of, mayWrite, back, onLeave }}
        onDeployment={opener('deployment')}
        onRollback={opener('rollback')}
      />
      <ApiView answer={versions.answer} onRetry={versions.retry}>
        {(data) => (
          <VersionsTable versions={data.versions} onStage={mayWrite ? openStage : undefined} />
        )}
      </ApiView>
      <ApiView answer={entry.answer} onRetry={entry.retry}>
        {(data) => (
          <>
            <ModelMetadata
              metadata={aboutModel(data)}
              onEdit={mayWrite ? opener('metadata') : undefined}
            />
            <StageHistory changes={data.stage_changes} />
            <Deployments told={data.deployments} seen={data.seen} />
          </>
        )}
      </ApiView>
      <RegisteredModelForm
        {...{ open, of, back }}
        metadata={told === undefined ? undefined : aboutModel(told)}
        versions={known.map(({ version }) => version)}
        onClose={close}
        onDone={done}
      />
    </Stack>
  );
};
