import { formattedValueToString, type PanelProps } from '@grafana/data';
import { binTexts } from '../../charts/binTexts';
import { distributionBins } from '../../charts/distributionBins';
import { DistributionOverlay } from '../../charts/DistributionOverlay';
import { RankingBars } from '../../charts/RankingBars';
import { PanelView } from '../../queries/PanelView';
import { rowsOf } from '../../queries/rowsOf';
import { storedBinOf } from '../../queries/storedBin';
import { driftTone, measureText } from '../../shared/driftTexts';
import { formatNumber, formatProbability } from '../../shared/format';
import { statusText } from '../../shared/status';
import { t } from '../../shared/t';
import { EmptyData } from '../../states/EmptyData';
import { TooMuchData } from '../../states/TooMuchData';
import type { DriftOptions } from './options';
import { rankFeatures } from './rankFeatures';

type Props = PanelProps<DriftOptions>;

/** The legend below the picture. */
const LEGEND = 24;
const LEAST_HEIGHT = 80;

const Ranking = ({ data, options }: Props) => {
  const { measure, limit } = options;
  const { shown, total } = rankFeatures(rowsOf(data.series), measure, limit);
  if (shown.length === 0)
    return (
      <EmptyData title={t('panels.drift.noFeatures', 'No features')}>
        {t(
          'panels.drift.needs',
          'The query must return columns named feature and status and those of a measure, as v_drift has them.',
        )}
      </EmptyData>
    );
  // Unit and decimals of the panel's field configuration, where somebody set them.
  const field = data.series.flatMap(({ fields }) => fields).find(({ name }) => name === measure);
  const isConfigured = field?.config.unit !== undefined || field?.config.decimals !== undefined;
  const { display } = field ?? {};
  const format = (value: number | null): string =>
    value !== null && isConfigured && display !== undefined
      ? formattedValueToString(display(value))
      : formatNumber(value);
  return (
    <>
      {total > shown.length && <TooMuchData shown={shown.length} total={total} />}
      <RankingBars
        label={measureText(measure)}
        items={shown.map((one) => ({
          ...{ key: one.key, label: one.feature, value: one[measure] },
          tone: driftTone(one.status, one.pages),
          note: one.q === null ? statusText(one.status) : `q ${formatProbability(one.q)}`,
        }))}
        format={format}
      />
    </>
  );
};

const Distribution = ({ data, height }: Props) => {
  const bins = rowsOf(data.series).map(storedBinOf);
  if (bins.every(({ reference, current }) => reference === null && current === null))
    return (
      <EmptyData title={t('panels.drift.noBins', 'No distribution')}>
        {t(
          'panels.drift.needsBins',
          'The query must return one row for each bin with columns named label, reference_share and current_share.',
        )}
      </EmptyData>
    );
  return (
    <DistributionOverlay
      label={t('panels.drift.picture', 'Distribution: reference and current')}
      bins={distributionBins(bins, binTexts())}
      height={Math.max(LEAST_HEIGHT, height - LEGEND)}
    />
  );
};

/** Drift of any query on v_drift: features by how far they are off, or the bins of one feature. */
const DriftPanel = (props: Props) => (
  <PanelView data={props.data} width={props.width} height={props.height}>
    {props.options.view === 'distribution' ? <Distribution {...props} /> : <Ranking {...props} />}
  </PanelView>
);

export default DriftPanel;
