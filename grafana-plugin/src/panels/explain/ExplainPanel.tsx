import type { PanelProps } from '@grafana/data';
import { RankingBars } from '../../charts/RankingBars';
import { Waterfall } from '../../charts/Waterfall';
import { PanelView } from '../../queries/PanelView';
import { rowsOf } from '../../queries/rowsOf';
import { t } from '../../shared/t';
import { EmptyData } from '../../states/EmptyData';
import { explainData, type ExplainOptions } from './explainOptions';

type Props = PanelProps<ExplainOptions>;

const Explanation = ({ data, options }: Pick<Props, 'data' | 'options'>) => {
  const found = explainData(rowsOf(data.series), options.view);
  if (found.view === 'none')
    return (
      <EmptyData title={t('panels.explain.empty', 'No explanation')}>
        {t(
          'panels.explain.query',
          'The query must return the columns feature and contribution (with base_value), or feature and importance.',
        )}
      </EmptyData>
    );
  if (found.view === 'waterfall')
    return (
      <Waterfall
        label={t('panels.explain.waterfall', 'What each feature added to the prediction')}
        base={found.base}
        limit={options.limit}
        contributions={found.features.map(({ feature, value }) => ({ label: feature, value }))}
      />
    );
  return (
    <RankingBars
      label={t('panels.explain.importance', 'Features by importance')}
      items={found.features.slice(0, options.limit).map(({ feature, value }) => ({
        key: feature,
        label: feature,
        value,
        tone: 'unknown' as const,
      }))}
    />
  );
};

/** What decided in a prediction (a waterfall) or decides in a model (a ranking), of any query with the columns of v_explanations. */
const ExplainPanel = ({ data, options, width, height }: Props) => (
  <PanelView data={data} width={width} height={height}>
    <Explanation data={data} options={options} />
  </PanelView>
);

export default ExplainPanel;
