import { Button, Stack } from '@grafana/ui';
import { SPANS_LIMIT, traceWaterfall } from '@plumbline/schemas/queries';
import { useEffect, useRef } from 'react';
import { rowsOf } from '../../../queries/rowsOf';
import { QuerySection } from '../../../scenes/QuerySection';
import { t } from '../../../shared/t';
import { EmptyData } from '../../../states/EmptyData';
import { TooMuchData } from '../../../states/TooMuchData';
import { ExploreTraceLink } from './ExploreTraceLink';
import { TraceWaterfall } from './TraceWaterfall';
import { spanOf } from './traceTree';

interface Props {
  readonly traceId: string;
  readonly spanId: string;
  readonly onClose: () => void;
}

/** The trace that was chosen, as the app draws it itself: for those too who may not open Explore. */
export const TraceSection = ({ traceId, spanId, onClose }: Props) => {
  const ref = useRef<HTMLDivElement>(null);
  // It stands above the list: whoever chose it, by mouse or keyboard, is taken there.
  useEffect(() => {
    ref.current?.focus();
  }, [traceId]);
  return (
    <div ref={ref} tabIndex={-1} style={{ minWidth: 0 }}>
      <QuerySection
        title={t('modelTraces.trace.title', 'Trace {{id}}', { id: traceId })}
        actions={
          <Stack gap={1}>
            <ExploreTraceLink traceId={traceId} />
            <Button size="sm" variant="secondary" icon="times" onClick={onClose}>
              {t('modelTraces.trace.close', 'Close the trace')}
            </Button>
          </Stack>
        }
        sql={traceWaterfall(traceId)}
        empty={
          <EmptyData title={t('modelTraces.trace.empty', 'The spans of this trace are gone')}>
            {t(
              'modelTraces.trace.emptyText',
              'Calls are kept longer than the spans that they were read from.',
            )}
          </EmptyData>
        }
      >
        {(frames) => {
          const spans = rowsOf(frames).map(spanOf);
          return (
            <>
              {spans.length > SPANS_LIMIT && <TooMuchData shown={SPANS_LIMIT} />}
              <TraceWaterfall
                key={`${traceId} ${spanId}`}
                spans={spans.slice(0, SPANS_LIMIT)}
                chosen={spanId}
              />
            </>
          );
        }}
      </QuerySection>
    </div>
  );
};
