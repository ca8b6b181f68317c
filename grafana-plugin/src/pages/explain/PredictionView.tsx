import { Button, Stack, Text } from '@grafana/ui';
import { ApiView } from '../../api/ApiView';
import { useApi } from '../../api/useApi';
import { Waterfall } from '../../charts/Waterfall';
import { formatNumber } from '../../shared/format';
import { Section } from '../../shared/Section';
import { t } from '../../shared/t';
import type { Explanation, Prediction } from './explainAnswers';
import { FeatureTable } from './FeatureTable';
import { NearestCases } from './NearestCases';
import { valueText } from './outputText';
import { PredictionFacts } from './PredictionFacts';
import { SourceNotice } from './SourceNotice';

interface Props {
  readonly id: string;
  readonly onLeave: () => void;
}

const Contributions = ({
  source,
  method,
  surrogate,
  base_value,
  explained,
  contributions,
}: Explanation) => (
  <>
    <SourceNotice source={source} method={method} surrogate={surrogate} />
    {contributions.length > 0 && (
      <>
        <Text element="p">
          {base_value === null
            ? t('explain.waterfall.noBase', 'The service did not say where it starts: from 0.')
            : t('explain.waterfall.sum', 'From {{base}} without any feature to {{explained}}', {
                base: formatNumber(base_value),
                explained: formatNumber(explained),
              })}
        </Text>
        <Waterfall
          label={t('explain.waterfall.label', 'What each feature added to the prediction')}
          base={base_value ?? 0}
          contributions={contributions.map(({ feature, value, contribution }) => ({
            label: value === null ? feature : `${feature} = ${valueText(value)}`,
            value: contribution,
          }))}
        />
      </>
    )}
  </>
);

/** One prediction: what decided, how usual its features are, and what would have been decided otherwise. */
export const PredictionView = ({ id, onLeave }: Props) => {
  const prediction = useApi<Prediction>({ method: 'GET', path: 'predictions', query: { id } });
  const explanation = useApi<Explanation>({
    method: 'GET',
    path: 'explanations/prediction',
    query: { id },
  });
  return (
    <Stack direction="column" gap={2}>
      <Stack wrap="wrap" gap={1} alignItems="center">
        <Button variant="secondary" fill="text" icon="arrow-left" onClick={onLeave}>
          {t('explain.all', 'All predictions')}
        </Button>
        <Text element="h2" variant="h3">
          {id}
        </Text>
      </Stack>
      <ApiView answer={prediction.answer} onRetry={prediction.retry}>
        {(data) => (
          <>
            <PredictionFacts prediction={data} />
            <Section title={t('explain.waterfall.title', 'What decided')}>
              <ApiView answer={explanation.answer} onRetry={explanation.retry}>
                {(told) => <Contributions {...told} />}
              </ApiView>
            </Section>
            <FeatureTable features={data.features} truncated={data.features_truncated} />
            <NearestCases prediction={data} />
          </>
        )}
      </ApiView>
    </Stack>
  );
};
