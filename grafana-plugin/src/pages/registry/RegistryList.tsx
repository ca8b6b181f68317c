import { Button, FilterInput, Pagination, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { ApiView } from '../../api/ApiView';
import { useApi } from '../../api/useApi';
import { formatAgo, formatCount } from '../../shared/format';
import { canWriteRegistry } from '../../shared/permissions';
import { t } from '../../shared/t';
import { EmptyData } from '../../states/EmptyData';
import { MetadataForm } from './MetadataForm';
import type { ModelList } from './registryAnswers';
import { RegistryTable } from './RegistryTable';

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
        {({ models, total, truncated, as_of }) => (
          <>
            {models.length === 0 ? (
              <EmptyData
                title={
                  search === ''
                    ? t('registry.empty', 'No model was seen or registered yet')
                    : t('registry.noMatch', 'No model has this in its name')
                }
              />
            ) : (
              <RegistryTable models={models} />
            )}
            {truncated && (
              <Text color="warning">
                {t('registry.truncated', 'There are more versions than the registry shows.')}
              </Text>
            )}
            {total > PER_PAGE && (
              <Pagination
                currentPage={at}
                numberOfPages={Math.ceil(total / PER_PAGE)}
                onNavigate={(to) => {
                  onChange({ page: String(to) });
                }}
              />
            )}
            <Text color="secondary" variant="bodySmall">
              {t('registry.asOf', 'Models: {{count}}. Read {{ago}}', {
                count: formatCount(total),
                ago: formatAgo(Date.parse(as_of)),
              })}
            </Text>
          </>
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
