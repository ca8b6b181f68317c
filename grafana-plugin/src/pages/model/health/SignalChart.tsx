import type { Marker } from '../../../charts/TimeMarkers';
import { TimeSeriesBand } from '../../../charts/TimeSeriesBand';
import { useSeriesColors } from '../../../charts/useSeriesColors';
import { QueryView } from '../../../queries/QueryView';
import { rowsOf } from '../../../queries/rowsOf';
import { useSceneRange } from '../../../scenes/sceneRange';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { UNKNOWN } from '../../../shared/format';
import { t } from '../../../shared/t';
import { useModelScope } from '../ModelContext';
import { Section } from '../parts/Section';
import type { Signal } from './signals';

/** More lines cannot be told apart. */
const MOST_SERIES = 8;
const HEIGHT = 150;

interface Props {
  readonly signal: Signal;
  readonly markers: readonly Marker[];
}

/** One signal; all of them have the same axis of time, so that what happened together stands below each other. */
export const SignalChart = ({ signal, markers }: Props) => {
  const color = useSeriesColors();
  const { fromMs, toMs } = useSceneRange();
  const { query, retry } = useSceneQuery(signal.sql(useModelScope()));
  const title = signal.title();
  return (
    <Section title={title}>
      <QueryView
        query={query}
        height={HEIGHT}
        onRetry={retry}
        empty={<p>{t('health.signal.none', 'Nothing is known of this in the time range.')}</p>}
      >
        {(frames) => {
          const series = signal.series(rowsOf(frames));
          return (
            <>
              <TimeSeriesBand
                label={t('health.signal.picture', '{{signal}} over time', { signal: title })}
                height={HEIGHT}
                time={{ from: fromMs, to: toMs }}
                series={series.slice(0, MOST_SERIES).map(({ name, points }, index) => ({
                  name: name === '' ? UNKNOWN : name,
                  points,
                  color: color(index),
                }))}
                markers={markers}
                format={signal.format}
                fromZero={signal.fromZero}
              />
              {series.length > MOST_SERIES && (
                <p>
                  {t('health.signal.more', 'Series that are not drawn: {{count}}', {
                    count: series.length - MOST_SERIES,
                  })}
                </p>
              )}
            </>
          );
        }}
      </QueryView>
    </Section>
  );
};
