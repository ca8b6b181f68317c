import { FilterPill, Stack } from '@grafana/ui';
import { type MarkKind, MARKS_LIMIT, modelMarksSql } from '@plumbline/schemas/queries';
import type { Marker } from '../../../charts/TimeMarkers';
import { type ChartColors, useChartColors } from '../../../charts/chartColors';
import { rowsOf } from '../../../queries/rowsOf';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { formatCount } from '../../../shared/format';
import { t } from '../../../shared/t';
import { useUrlState } from '../../../shared/useUrlState';
import { FailedState } from '../../../states/FailedState';
import { TooMuchData } from '../../../states/TooMuchData';
import { useModelScope } from '../ModelContext';
import { Section } from '../parts/Section';
import { AddAnnotation } from './AddAnnotation';
import {
  hiddenKinds,
  kindText,
  type Mark,
  MARK_KINDS,
  marksOf,
  toggleKind,
  whatText,
} from './marks';
import { MarksTable } from './MarksTable';
import { SignalChart } from './SignalChart';
import { SIGNALS } from './signals';

const DEFAULTS = { hide: '' };

const colorOf = (kind: MarkKind, colors: ChartColors): string =>
  ({
    deployment: colors.reference,
    silent_change: colors.warn,
    alert: colors.bad,
    other: colors.axis,
  })[kind];

const markerOf = (mark: Mark, colors: ChartColors): Marker => ({
  timeMs: mark.timeMs,
  text: [whatText(mark), mark.version, mark.text].filter((text) => text !== '').join(' · '),
  color: colorOf(mark.kind, colors),
});

/** The signals of a model below each other on one time axis, with what happened to it as marks across all of them. */
const HealthTab = () => {
  const scope = useModelScope();
  const colors = useChartColors();
  const [{ hide }, setState] = useUrlState(DEFAULTS);
  const { query, retry } = useSceneQuery(modelMarksSql(scope));
  const all = query.state === 'done' ? marksOf(rowsOf(query.frames)) : [];
  const marks = all.slice(0, MARKS_LIMIT);
  const hidden = hiddenKinds(hide);
  const shown = marks.filter(({ kind }) => !hidden.includes(kind));
  return (
    <Stack direction="column" gap={2}>
      <Stack wrap="wrap" gap={1} alignItems="center">
        {MARK_KINDS.map((kind) => (
          <FilterPill
            key={kind}
            label={`${kindText(kind)}: ${formatCount(marks.filter((mark) => mark.kind === kind).length)}`}
            selected={!hidden.includes(kind)}
            onClick={() => {
              setState({ hide: toggleKind(hidden, kind) });
            }}
          />
        ))}
        <AddAnnotation />
      </Stack>
      {query.state === 'failed' && (
        <FailedState
          title={t('health.marks.failed', 'Events could not be loaded')}
          message={query.message}
          onRetry={retry}
        />
      )}
      {all.length > MARKS_LIMIT && <TooMuchData shown={MARKS_LIMIT} />}
      {SIGNALS.map((signal) => (
        <SignalChart
          key={signal.key}
          signal={signal}
          markers={shown.map((mark) => markerOf(mark, colors))}
        />
      ))}
      {shown.length > 0 && (
        <Section title={t('health.marks.title', 'What happened')}>
          <MarksTable marks={shown} />
        </Section>
      )}
    </Stack>
  );
};

export default HealthTab;
