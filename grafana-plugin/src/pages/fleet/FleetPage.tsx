import { PluginPage } from '@grafana/runtime';
import { Alert, Button, Stack } from '@grafana/ui';
import { FLEET_LIMIT } from '@plumbline/schemas/queries';
import { QueryView } from '../../queries/QueryView';
import { DataSourceSelect } from '../../shared/DataSourceSelect';
import { t } from '../../shared/t';
import { useUrlState } from '../../shared/useUrlState';
import { EmptyData } from '../../states/EmptyData';
import { TooMuchData } from '../../states/TooMuchData';
import { FleetFilters } from './FleetFilters';
import { FleetList } from './FleetList';
import { FLEET_DEFAULTS } from './fleetView';
import { type FleetPart, useFleet } from './useFleet';

const partText = (part: FleetPart): string => {
  switch (part) {
    case 'drift':
      return t('fleet.part.drift', 'Drift could not be loaded');
    case 'quality':
      return t('fleet.part.quality', 'Quality could not be loaded');
    case 'performance':
      return t('fleet.part.performance', 'Performance could not be loaded');
    case 'currency':
      return t('fleet.part.currency', 'Currencies could not be loaded');
  }
};

/** Every model, what needs attention first, and why. */
const FleetPage = () => {
  const { query, items, more, failedParts, refresh } = useFleet();
  const [state, setState] = useUrlState(FLEET_DEFAULTS);
  return (
    <PluginPage
      subTitle={t('fleet.subTitle', 'The last 24 hours of every model, what needs attention first')}
      actions={
        <Stack gap={1}>
          <DataSourceSelect />
          <Button variant="secondary" icon="sync" onClick={refresh}>
            {t('shared.refresh', 'Refresh')}
          </Button>
        </Stack>
      }
    >
      <QueryView
        query={query}
        height={320}
        onRetry={refresh}
        empty={
          <EmptyData title={t('fleet.empty.title', 'No model has been seen yet')}>
            {t(
              'fleet.empty.text',
              'Models appear by themselves as soon as a service sends telemetry of a model call or a prediction to Plumbline.',
            )}
          </EmptyData>
        }
      >
        {() => (
          <Stack direction="column" gap={2}>
            {failedParts.map(({ part, message }) => (
              <Alert key={part} severity="warning" title={partText(part)}>
                {message}
              </Alert>
            ))}
            {more && <TooMuchData shown={FLEET_LIMIT} />}
            <FleetFilters items={items} state={state} onChange={setState} />
            <FleetList items={items} state={state} onChange={setState} />
          </Stack>
        )}
      </QueryView>
    </PluginPage>
  );
};

export default FleetPage;
