import { RadioButtonGroup, TextLink } from '@grafana/ui';
import { predictionList, type PredictionOrder } from '@plumbline/schemas/queries';
import { QueryView } from '../../queries/QueryView';
import { numberOf, rowsOf, textOf } from '../../queries/rowsOf';
import { useQuery } from '../../queries/useQuery';
import { PlainTable } from '../../shared/PlainTable';
import { useDataSource } from '../../shared/DataSourceContext';
import { formatCount, formatTime } from '../../shared/format';
import { pageUrl } from '../../shared/links';
import { Section } from '../../shared/Section';
import { t } from '../../shared/t';
import { EmptyData } from '../../states/EmptyData';
import type { ExplainedModel } from './ModelImportance';
import { outputText } from './outputText';

const ORDERS: readonly PredictionOrder[] = ['newest', 'highest', 'lowest'];

const orderText = (order: PredictionOrder): string => {
  switch (order) {
    case 'newest':
      return t('explain.pick.newest', 'Newest');
    case 'highest':
      return t('explain.pick.highest', 'Highest');
    case 'lowest':
      return t('explain.pick.lowest', 'Lowest');
  }
};

interface Props {
  readonly of: ExplainedModel;
  readonly range: { readonly fromMs: number; readonly toMs: number };
  readonly order: string;
  readonly onOrder: (order: PredictionOrder) => void;
}

/** Stored predictions of the range, to choose one of. */
export const PredictionPicker = ({ of, range, order: asked, onOrder }: Props) => {
  const { uid } = useDataSource();
  const order = ORDERS.find((one) => one === asked) ?? 'newest';
  const { environment, model, version } = of;
  const scope = { environment: [environment], model: [model], version: [version] };
  const { query, retry } = useQuery({
    sql: predictionList(scope, order),
    datasourceUid: uid,
    ...range,
  });
  return (
    <Section
      title={t('explain.pick.title', 'Predictions')}
      description={t('explain.pick.help', 'Choose one to see what decided in it.')}
      actions={
        <RadioButtonGroup
          size="sm"
          aria-label={t('explain.pick.order', 'Order')}
          options={ORDERS.map((value) => ({ value, label: orderText(value) }))}
          value={order}
          onChange={onOrder}
        />
      }
    >
      <QueryView
        query={query}
        onRetry={retry}
        empty={
          <EmptyData title={t('explain.pick.none', 'No prediction of this version in this time')} />
        }
      >
        {(frames) => (
          <PlainTable
            caption={t('explain.pick.title', 'Predictions')}
            headings={[
              t('explain.column.prediction', 'Prediction'),
              t('explain.column.time', 'Time'),
              t('explain.column.output', 'Output'),
              t('explain.column.service', 'Service'),
              t('explain.column.violations', 'Violations'),
            ]}
          >
            {rowsOf(frames).map((row) => {
              const id = textOf(row, 'inference_id');
              return (
                <tr key={id} data-testid="prediction-row">
                  <th scope="row">
                    <TextLink inline={false} href={pageUrl('explain', { id })}>
                      {id}
                    </TextLink>
                  </th>
                  <td>{formatTime(numberOf(row, 'time_ms'))}</td>
                  <td>
                    {outputText({
                      prediction_label: textOf(row, 'prediction_label'),
                      prediction_value: numberOf(row, 'output'),
                      score: null,
                    })}
                  </td>
                  <td>{textOf(row, 'service')}</td>
                  <td>{formatCount(numberOf(row, 'violation_count'))}</td>
                </tr>
              );
            })}
          </PlainTable>
        )}
      </QueryView>
    </Section>
  );
};
