import type { PanelData } from '@grafana/data';
import { AlertEventTable } from '../../alerting/AlertEventTable';
import { rowsOf, textOf } from '../../queries/rowsOf';
import { t } from '../../shared/t';
import { EmptyData } from '../../states/EmptyData';
import { TooMuchData } from '../../states/TooMuchData';
import type { AlertsPanelOptions } from './alertsPanelOptions';

interface Props {
  readonly data: PanelData;
  readonly options: AlertsPanelOptions;
}

/** Rows of v_alert_events, newest first as the query orders them. */
export const EventRows = ({ data, options }: Props) => {
  const { onlyActive, showEvidence, limit } = options;
  const rows = rowsOf(data.series).filter(
    (row) => textOf(row, 'state') !== '' && (!onlyActive || textOf(row, 'state') === 'firing'),
  );
  if (rows.length === 0)
    return (
      <EmptyData title={t('panels.alerts.empty', 'No state changes of alerts')}>
        {t(
          'panels.alerts.query',
          'The query must return time, state and rule, as v_alert_events has them.',
        )}
      </EmptyData>
    );
  return (
    <>
      {rows.length > limit && <TooMuchData shown={limit} total={rows.length} />}
      <AlertEventTable rows={rows.slice(0, limit)} showEvidence={showEvidence} />
    </>
  );
};
