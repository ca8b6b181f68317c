import { Text } from '@grafana/ui';
import { ApiView } from '../../api/ApiView';
import { useApi } from '../../api/useApi';
import { t } from '../../shared/t';
import { CheckList } from './CheckList';
import type { Check, RegistryKey } from './registryAnswers';

interface Props {
  readonly of: RegistryKey;
  readonly version: string;
}

/** What is known about a version now, before its stage is changed. */
export const VersionChecks = ({ of, version }: Props) => {
  const { answer, retry } = useApi<{ readonly checks: readonly Check[] }>({
    method: 'GET',
    path: 'registry/checklist',
    query: { ...of, version },
  });
  return (
    <>
      <ApiView answer={answer} onRetry={retry}>
        {({ checks }) => <CheckList checks={checks} />}
      </ApiView>
      <p>
        <Text color="secondary" variant="bodySmall">
          {t('registry.check.help', 'Facts forbid nothing; they are kept with the change.')}
        </Text>
      </p>
    </>
  );
};
