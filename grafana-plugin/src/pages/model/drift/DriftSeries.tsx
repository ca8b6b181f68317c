import { TimeSeriesBand } from '../../../charts/TimeSeriesBand';
import { useChartColors } from '../../../charts/chartColors';
import {
  DRIFT_MEASURES,
  type DriftEvidence,
  type DriftNumber,
} from '../../../queries/driftFeature';
import { useSceneRange } from '../../../scenes/sceneRange';
import { measureText } from '../../../shared/driftTexts';
import { LabelledCombobox } from '../../../shared/LabelledCombobox';
import { t } from '../../../shared/t';
import { useUrlState } from '../../../shared/useUrlState';
import { Section } from '../parts/Section';
import { driftSeries } from './driftSeriesOf';

interface Props {
  readonly feature: string;
  readonly windows: readonly DriftEvidence[];
}

const DEFAULTS: { measure: string } = { measure: 'score' };

const isMeasure = (text: string): text is DriftNumber =>
  (DRIFT_MEASURES as readonly string[]).includes(text);

/** A feature hour by hour, with the smallest effect that would have shown and the hours that paged. */
export const DriftSeries = ({ feature, windows }: Props) => {
  const colors = useChartColors();
  const { fromMs, toMs } = useSceneRange();
  const [{ measure: asked }, setState] = useUrlState(DEFAULTS);
  const measure = isMeasure(asked) ? asked : 'score';
  const { points, detectable, pages } = driftSeries(windows, measure);
  return (
    <Section
      title={t('drift.series.title', 'Over time')}
      actions={
        <LabelledCombobox
          id="drift-measure"
          width={24}
          label={t('drift.series.measure', 'Measure')}
          options={DRIFT_MEASURES.map((value) => ({ value, label: measureText(value) }))}
          value={measure}
          onChange={({ value }) => {
            setState({ measure: value });
          }}
        />
      }
    >
      <TimeSeriesBand
        label={t('drift.series.picture', '{{measure}} of {{feature}} over time', {
          measure: measureText(measure),
          feature,
        })}
        time={{ from: fromMs, to: toMs }}
        fromZero
        series={[
          { name: measureText(measure), points },
          ...(detectable.length === 0
            ? []
            : [
                {
                  name: t('drift.series.detectable', 'Smallest effect that would show'),
                  points: detectable,
                  color: colors.axis,
                },
              ]),
        ]}
        markers={pages.map((timeMs) => ({
          timeMs,
          text: t('drift.series.paged', 'This hour paged'),
          color: colors.bad,
        }))}
      />
    </Section>
  );
};
