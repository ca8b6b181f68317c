import { Button, LinkButton, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { ApiView } from '../../api/ApiView';
import { useApi } from '../../api/useApi';
import { pageUrl } from '../../shared/links';
import { canWriteRegistry } from '../../shared/permissions';
import { ReadableBadge } from '../../shared/ReadableBadge';
import { t } from '../../shared/t';
import { DeploymentForm } from './DeploymentForm';
import { Deployments } from './Deployments';
import { MetadataForm } from './MetadataForm';
import { ModelMetadata } from './ModelMetadata';
import type { ModelVersions, RegistryEntry, RegistryKey } from './registryAnswers';
import { RollbackForm } from './RollbackForm';
import { StageForm } from './StageForm';
import { StageHistory } from './StageHistory';
import { rollbackTarget } from './stages';
import { VersionsTable } from './VersionsTable';

interface Props {
  readonly of: RegistryKey;
  readonly onLeave: () => void;
}

type Open =
  | { readonly form: 'metadata' | 'rollback' | 'deployment' }
  | { readonly form: 'stage'; readonly version: string; readonly stage: string };

/** One model: versions with their stages, what is told about it, and what was decided when, by whom and why. */
export const RegisteredModel = ({ of, onLeave }: Props) => {
  const [open, setOpen] = useState<Open>();
  const { model, environment } = of;
  const versions = useApi<ModelVersions>({
    method: 'GET',
    path: 'model',
    query: { name: model, environment },
  });
  const entry = useApi<RegistryEntry>({ method: 'GET', path: 'registry', query: { ...of } });
  const close = () => {
    setOpen(undefined);
  };
  const done = () => {
    close();
    versions.retry();
    entry.retry();
  };
  const told = entry.answer.state === 'done' ? entry.answer.data : undefined;
  const back = rollbackTarget(told?.stage_changes ?? []);
  const mayWrite = canWriteRegistry();
  return (
    <Stack direction="column" gap={2}>
      <Stack wrap="wrap" gap={1} alignItems="center" justifyContent="space-between">
        <Stack wrap="wrap" gap={1} alignItems="center">
          <Button variant="secondary" fill="text" icon="arrow-left" onClick={onLeave}>
            {t('registry.all', 'All models')}
          </Button>
          <Text element="h2" variant="h3">
            {model}
          </Text>
          {environment !== '' && <ReadableBadge color="darkgrey" text={environment} />}
        </Stack>
        <Stack wrap="wrap" gap={1}>
          <LinkButton
            variant="secondary"
            icon="heart"
            href={pageUrl('model', { 'var-environment': environment, 'var-model': model })}
          >
            {t('registry.health', 'Health')}
          </LinkButton>
          {mayWrite && (
            <>
              <Button
                variant="secondary"
                icon="rocket"
                onClick={() => {
                  setOpen({ form: 'deployment' });
                }}
              >
                {t('registry.deployment.tell', 'Tell of a deployment')}
              </Button>
              {back !== undefined && (
                <Button
                  variant="destructive"
                  icon="history"
                  onClick={() => {
                    setOpen({ form: 'rollback' });
                  }}
                >
                  {t('registry.rollback.open', 'Roll back to {{version}}', { version: back })}
                </Button>
              )}
            </>
          )}
        </Stack>
      </Stack>
      <ApiView answer={versions.answer} onRetry={versions.retry}>
        {(data) => (
          <VersionsTable
            versions={data.versions}
            onStage={
              mayWrite
                ? ({ version, stage }) => {
                    setOpen({ form: 'stage', version, stage });
                  }
                : undefined
            }
          />
        )}
      </ApiView>
      <ApiView answer={entry.answer} onRetry={entry.retry}>
        {(data) => (
          <>
            <ModelMetadata
              metadata={data.metadata.find(({ version }) => version === '')}
              onEdit={
                mayWrite
                  ? () => {
                      setOpen({ form: 'metadata' });
                    }
                  : undefined
              }
            />
            <StageHistory changes={data.stage_changes} />
            <Deployments told={data.deployments} seen={data.seen} />
          </>
        )}
      </ApiView>
      {open?.form === 'stage' && (
        <StageForm
          of={of}
          version={open.version}
          stage={open.stage}
          onClose={close}
          onDone={done}
        />
      )}
      {open?.form === 'rollback' && back !== undefined && (
        <RollbackForm of={of} version={back} onClose={close} onDone={done} />
      )}
      {open?.form === 'metadata' && (
        <MetadataForm
          of={of}
          before={told?.metadata.find(({ version }) => version === '')}
          onClose={close}
          onDone={done}
        />
      )}
      {open?.form === 'deployment' && (
        <DeploymentForm
          of={of}
          versions={
            versions.answer.state === 'done'
              ? versions.answer.data.versions.map(({ version }) => version)
              : []
          }
          onClose={close}
          onDone={done}
        />
      )}
    </Stack>
  );
};
