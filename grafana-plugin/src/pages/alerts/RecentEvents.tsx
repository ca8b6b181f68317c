import { Text } from '@grafana/ui';
import { alertEvents, TABLE_LIMIT } from '@plumbline/schemas/queries';
import { useState } from 'react';
import { AlertEventTable } from '../../alerting/AlertEventTable';
import { QueryView } from '../../queries/QueryView';
import { rowsOf } from '../../queries/rowsOf';
import { useQuery } from '../../queries/useQuery';
import { useDataSource } from '../../shared/DataSourceContext';
import { t } from '../../shared/t';
import { EmptyData } from '../../states/EmptyData';
import { TooMuchData } from '../../states/TooMuchData';

const WEEK_MS = 7 * 86_400_000;

/** What alerts did in the last seven days, as Grafana told Plumbline. */
export const RecentEvents = () => {
  const { uid } = useDataSource();
  const [now] = useState(Date.now);
  const { query, retry } = useQuery({
    sql: alertEvents({}),
    datasourceUid: uid,
    fromMs: now - WEEK_MS,
    toMs: now,
  });
  return (
    <section>
      <Text element="h2" variant="h4">
        {t('alerts.events.title', 'State changes of the last 7 days')}
      </Text>
      <QueryView
        query={query}
        onRetry={retry}
        empty={
          <EmptyData title={t('alerts.events.empty', 'No alert changed its state')}>
            {t(
              'alerts.events.emptyText',
              'Plumbline keeps what a webhook contact point of Grafana sends to /api/v1/alerts/events; the documentation tells how to add one.',
            )}
          </EmptyData>
        }
      >
        {(frames) => {
          const rows = rowsOf(frames);
          return (
            <>
              {rows.length >= TABLE_LIMIT && <TooMuchData shown={TABLE_LIMIT} />}
              <AlertEventTable rows={rows} showEvidence />
            </>
          );
        }}
      </QueryView>
    </section>
  );
};
