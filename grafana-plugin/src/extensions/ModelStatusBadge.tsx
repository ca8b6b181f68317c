import { modelStatusSql } from '@plumbline/schemas/queries';
import { useState } from 'react';
import { maybeTextOf, rowsOf } from '../queries/rowsOf';
import { useQuery } from '../queries/useQuery';
import { chooseDataSource } from '../shared/dataSource';
import type { ModelIdentity } from '../shared/links';
import { StatusBadge } from '../shared/StatusBadge';
import { t } from '../shared/t';

/** The status of one model for other apps: `usePluginComponent('plumbline-modelhealth-app/model-status-badge/v1')`. */
const ModelStatusBadge = (identity: ModelIdentity) => {
  const [now] = useState(Date.now);
  const choice = chooseDataSource(null, undefined);
  const { query } = useQuery(
    choice.state === 'chosen'
      ? {
          sql: modelStatusSql(identity),
          datasourceUid: choice.uid,
          fromMs: now - 86_400_000,
          toMs: now,
        }
      : undefined,
  );
  if (query.state === 'failed')
    return <StatusBadge status={t('shared.status.failed', 'Status not available')} />;
  if (query.state === 'loading') return null;
  const [row] = rowsOf(query.frames);
  return <StatusBadge status={row === undefined ? null : maybeTextOf(row, 'status')} />;
};

export default ModelStatusBadge;
