import { Button, LinkButton, Stack, Text } from '@grafana/ui';
import { pageUrl } from '../../shared/links';
import { ReadableBadge } from '../../shared/ReadableBadge';
import { t } from '../../shared/t';
import type { RegistryKey } from './registryAnswers';

interface Props {
  readonly of: RegistryKey;
  readonly mayWrite: boolean;
  /** The version that a rollback would go to; undefined: there is none. */
  readonly back: string | undefined;
  readonly onLeave: () => void;
  readonly onDeployment: () => void;
  readonly onRollback: () => void;
}

const Actions = ({ of, mayWrite, back, onDeployment, onRollback }: Omit<Props, 'onLeave'>) => (
  <Stack wrap="wrap" gap={1}>
    <LinkButton
      variant="secondary"
      icon="heart"
      href={pageUrl('model', { 'var-environment': of.environment, 'var-model': of.model })}
    >
      {t('registry.health', 'Health')}
    </LinkButton>
    {mayWrite && (
      <Button variant="secondary" icon="rocket" onClick={onDeployment}>
        {t('registry.deployment.tell', 'Tell of a deployment')}
      </Button>
    )}
    {mayWrite && back !== undefined && (
      <Button variant="destructive" icon="history" onClick={onRollback}>
        {t('registry.rollback.open', 'Roll back to {{version}}', { version: back })}
      </Button>
    )}
  </Stack>
);

/** Which model it is, the way back to all of them, and what can be done with it. */
export const RegisteredModelHeader = ({ onLeave, ...props }: Props) => (
  <Stack wrap="wrap" gap={1} alignItems="center" justifyContent="space-between">
    <Stack wrap="wrap" gap={1} alignItems="center">
      <Button variant="secondary" fill="text" icon="arrow-left" onClick={onLeave}>
        {t('registry.all', 'All models')}
      </Button>
      <Text element="h2" variant="h3">
        {props.of.model}
      </Text>
      {props.of.environment !== '' && (
        <ReadableBadge color="darkgrey" text={props.of.environment} />
      )}
    </Stack>
    <Actions {...props} />
  </Stack>
);
