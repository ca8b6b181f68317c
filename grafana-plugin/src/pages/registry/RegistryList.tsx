import { Button, FilterInput, Stack } from '@grafana/ui';
import { useState } from 'react';
import { ApiView } from '../../api/ApiView';
import { useApi } from '../../api/useApi';
import { canWriteRegistry } from '../../shared/permissions';
import { t } from '../../shared/t';
import { MetadataForm } from './MetadataForm';
import { ModelListView } from './ModelListView';
import type { ModelList } from './registryAnswers';

const PER_PAGE = 50;

interface State {
  readonly search: string;
  readonly page: string;
}

interface Props {
  readonly state: State;
  readonly onChange: (
    change: Partial<State & { readonly model: string; readonly environment: string }>,
  ) => void;
}

/** All models, page by page, the one seen last first. */
export const RegistryList = ({ state: { search, page }, onChange }: Props) => {
  const at = Math.max(1, Math.floor(Number(page)) || 1);
  const [registering, setRegistering] = useState(false);
  const { answer, retry } = useApi<ModelList>({
    method: 'GET',
    path: 'models',
    query: { search, limit: PER_PAGE, offset: (at - 1) * PER_PAGE },
  });
  return (
    <Stack direction="column" gap={2}>
      <Stack wrap="wrap" gap={1} justifyContent="space-between">
        <FilterInput
          width={40}
          value={search}
          aria-label={t('registry.search', 'Search models')}
          placeholder={t('registry.search', 'Search models')}
          onChange={(wanted) => {
            onChange({ search: wanted, page: '1' });
          }}
        />
        {canWriteRegistry() && (
          <Button
            icon="plus"
            onClick={() => {
              setRegistering(true);
            }}
          >
            {t('registry.register', 'Register a model')}
          </Button>
        )}
      </Stack>
      <ApiView answer={answer} height={320} onRetry={retry}>
        {(list) => (
          <ModelListView
            list={list}
            page={at}
            perPage={PER_PAGE}
            isSearch={search !== ''}
            onPage={(to) => {
              onChange({ page: String(to) });
            }}
          />
        )}
      </ApiView>
      {registering && (
        <MetadataForm
          onClose={() => {
            setRegistering(false);
          }}
          onDone={(key) => {
            setRegistering(false);
            onChange(key);
          }}
        />
      )}
    </Stack>
  );
};
