import { firstTelemetrySql, monitorSql } from '@plumbline/schemas/queries';
import { useEffect } from 'react';
import { numberOf } from '../../queries/rowsOf';
import { useQuery } from '../../queries/useQuery';
import { formatAgo, formatCount } from '../../shared/format';
import { t } from '../../shared/t';
import { CheckItem } from './CheckItem';
import { telemetryOf } from './checks';
import { firstRow } from './DatabaseChecks';
import type { SetupQuery } from './SetupChecks';

/** Until the first call of a model is there, it is looked for again this often. */
const LOOK_AGAIN_MS = 10_000;

const Monitor = ({ request }: { readonly request: SetupQuery }) => {
  const { query } = useQuery({ ...request, sql: monitorSql() });
  const row = firstRow(query);
  const references = row === undefined ? 0 : (numberOf(row, 'references') ?? 0);
  const found = references > 0 ? 'ok' : 'waiting';
  const waiting = query.state === 'loading' ? undefined : 'failed';
  return (
    <CheckItem
      title={t('setup.monitor.title', 'Monitoring')}
      state={row === undefined ? waiting : found}
    >
      {query.state === 'failed' && <span>{query.message}</span>}
      {row !== undefined && (
        <span>
          {references > 0
            ? t('setup.monitor.done', 'Models with a reference to compare with: {{count}}', {
                count: formatCount(references),
              })
            : t(
                'setup.monitor.waiting',
                'A reference is made by itself once a model has enough history; until then drift is not decided.',
              )}
        </span>
      )}
    </CheckItem>
  );
};

/** Whether telemetry arrives, whether models are in it, and whether they are watched. */
export const TelemetryChecks = ({ request }: { readonly request: SetupQuery }) => {
  const { query, retry } = useQuery({ ...request, sql: firstTelemetrySql() });
  const row = firstRow(query);
  const finding = row === undefined ? undefined : telemetryOf(row);
  const missing = finding !== undefined && finding !== 'calls';
  useEffect(() => {
    if (!missing) return undefined;
    const timer = setInterval(retry, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [missing, retry]);
  const failed = query.state === 'failed' ? 'failed' : undefined;
  return (
    <>
      <CheckItem
        title={t('setup.telemetry.title', 'First telemetry')}
        state={finding === undefined ? failed : finding === 'calls' ? 'ok' : 'waiting'}
      >
        {query.state === 'failed' && <span>{query.message}</span>}
        {row !== undefined && finding === 'calls' && (
          <span>
            {t(
              'setup.telemetry.done',
              'Models and versions: {{models}}. Calls in 24 hours: {{requests}}. The newest: {{ago}}.',
              {
                models: formatCount(numberOf(row, 'models')),
                requests: formatCount(numberOf(row, 'requests')),
                ago: formatAgo(numberOf(row, 'newest_ms')),
              },
            )}
          </span>
        )}
        {finding === 'spans' && (
          <span>
            {t(
              'setup.telemetry.spans',
              'Spans arrive, but none of them is a call of a model: it must have attributes of a GenAI convention, or ml.model.name.',
            )}
          </span>
        )}
        {finding === 'nothing' && (
          <span>
            {t(
              'setup.telemetry.nothing',
              'Nothing has arrived yet. Point the OTLP exporter of a service, or a Collector, at the processor; this page looks again by itself.',
            )}
          </span>
        )}
      </CheckItem>
      <Monitor request={request} />
    </>
  );
};
