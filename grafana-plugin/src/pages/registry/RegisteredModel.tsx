import { Stack } from '@grafana/ui';
import { useState } from 'react';
import { ApiView } from '../../api/ApiView';
import { useApi } from '../../api/useApi';
import { canWriteRegistry } from '../../shared/permissions';
import { Deployments } from './Deployments';
import { ModelMetadata } from './ModelMetadata';
import { type OpenForm, RegisteredModelForm } from './RegisteredModelForm';
import { RegisteredModelHeader } from './RegisteredModelHeader';
import type { Metadata, ModelVersions, RegistryEntry, RegistryKey } from './registryAnswers';
import { StageHistory } from './StageHistory';
import { rollbackTarget } from './stages';
import { VersionsTable } from './VersionsTable';

interface Props {
  readonly of: RegistryKey;
  readonly onLeave: () => void;
}

/** A version that only has a stage is in the table of versions. */
const isTold = ({ owner, team, description, card, links, tags }: Metadata): boolean =>
  [owner, team, description, card, ...Object.keys(links), ...Object.keys(tags)].some(
    (text) => text !== '',
  );

interface AboutProps {
  readonly entry: RegistryEntry;
  /** Undefined for those who may not. */
  readonly onEdit: ((before: Metadata | undefined) => void) | undefined;
}

/** What is told about the model itself, known or not, and then about its versions. */
const AboutAll = ({ entry: { metadata }, onEdit }: AboutProps) =>
  [
    metadata.find(({ version }) => version === ''),
    ...metadata.filter((one) => one.version !== '' && isTold(one)),
  ].map((before) => (
    <ModelMetadata
      key={before?.version ?? ''}
      metadata={before}
      onEdit={
        onEdit === undefined
          ? undefined
          : () => {
              onEdit(before);
            }
      }
    />
  ));

/** One model: versions with their stages, what is told about it, and what was decided when, by whom and why. */
export const RegisteredModel = ({ of, onLeave }: Props) => {
  const [open, setOpen] = useState<OpenForm>();
  const query = { name: of.model, environment: of.environment };
  const versions = useApi<ModelVersions>({ method: 'GET', path: 'model', query });
  const entry = useApi<RegistryEntry>({ method: 'GET', path: 'registry', query: { ...of } });
  const opener = (form: 'version' | 'rollback' | 'deployment') => () => {
    setOpen({ form });
  };
  const openStage = ({ version, stage }: { readonly version: string; readonly stage: string }) => {
    setOpen({ form: 'stage', version, stage });
  };
  const openMetadata = (before: Metadata | undefined) => {
    setOpen({ form: 'metadata', before });
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
          <VersionsTable
            versions={data.versions}
            onStage={mayWrite ? openStage : undefined}
            onRegister={mayWrite ? opener('version') : undefined}
          />
        )}
      </ApiView>
      <ApiView answer={entry.answer} onRetry={entry.retry}>
        {(data) => (
          <>
            <AboutAll entry={data} onEdit={mayWrite ? openMetadata : undefined} />
            <StageHistory changes={data.stage_changes} />
            <Deployments told={data.deployments} seen={data.seen} />
          </>
        )}
      </ApiView>
      <RegisteredModelForm
        {...{ open, of, back }}
        versions={known.map(({ version }) => version)}
        onClose={close}
        onDone={done}
      />
    </Stack>
  );
};
