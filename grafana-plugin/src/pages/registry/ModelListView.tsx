import { Pagination, Text } from '@grafana/ui';
import { formatAgo, formatCount } from '../../shared/format';
import { t } from '../../shared/t';
import { EmptyData } from '../../states/EmptyData';
import type { ModelList } from './registryAnswers';
import { RegistryTable } from './RegistryTable';

interface Props {
  readonly list: ModelList;
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
  /** An empty list says then that nothing was found, not that there is nothing. */
  readonly isSearch: boolean;
  readonly onPage: (page: number) => void;
}

/** One page of the list of models, and how to come to the others. */
export const ModelListView = ({ list, page, perPage, isSearch, onPage }: Props) => (
  <>
    {list.models.length === 0 ? (
      <EmptyData
        title={
          isSearch
            ? t('registry.noMatch', 'No model has this in its name')
            : t('registry.empty', 'No model was seen or registered yet')
        }
      />
    ) : (
      <RegistryTable models={list.models} />
    )}
    {list.truncated && (
      <Text color="warning">
        {t('registry.truncated', 'There are more versions than the registry shows.')}
      </Text>
    )}
    {list.total > perPage && (
      <Pagination
        currentPage={page}
        numberOfPages={Math.ceil(list.total / perPage)}
        onNavigate={onPage}
      />
    )}
    <Text color="secondary" variant="bodySmall">
      {t('registry.asOf', 'Models: {{count}}. Read {{ago}}', {
        count: formatCount(list.total),
        ago: formatAgo(Date.parse(list.as_of)),
      })}
    </Text>
  </>
);
