import { Pagination, Stack, Text } from '@grafana/ui';
import { formatCount } from '../../shared/format';
import { t } from '../../shared/t';
import { EmptyData } from '../../states/EmptyData';
import { FleetTable } from './FleetTable';
import { noneText } from './fleetTexts';
import { type FleetItem, type FleetState, groupModels, pageOf, selectModels } from './fleetView';

interface Props {
  readonly items: readonly FleetItem[];
  readonly state: FleetState;
  readonly onChange: (change: Partial<FleetState>) => void;
}

/** The models that the filters leave: in groups, page by page. */
export const FleetList = ({ items, state, onChange }: Props) => {
  const selected = selectModels(items, state);
  const ordered = groupModels(selected, state.group).flatMap((group) => group.items);
  const { items: shown, page, pages } = pageOf(ordered, state.page);
  if (selected.length === 0)
    return (
      <EmptyData title={t('fleet.noMatch', 'No model fits the search and the filters')}>
        {t('fleet.noMatchOf', 'Models in all: {{count}}', { count: formatCount(items.length) })}
      </EmptyData>
    );
  return (
    <Stack direction="column" gap={2}>
      {groupModels(shown, state.group).map((group) => {
        const name = group.name === '' ? noneText() : group.name;
        return (
          <section key={group.name}>
            {state.group !== '' && (
              <Text element="h2" variant="h5">
                {name}
              </Text>
            )}
            <FleetTable
              caption={
                state.group === ''
                  ? t('fleet.caption', 'Models')
                  : t('fleet.captionOf', 'Models: {{name}}', { name })
              }
              items={group.items}
              state={state}
              onSort={(sort, order) => {
                onChange({ sort, order, page: '1' });
              }}
            />
          </section>
        );
      })}
      {pages > 1 && (
        <Pagination
          currentPage={page}
          numberOfPages={pages}
          onNavigate={(to) => {
            onChange({ page: String(to) });
          }}
        />
      )}
    </Stack>
  );
};
