import { Icon, Text, TextLink } from '@grafana/ui';
import { PlainTable } from '../../shared/PlainTable';
import { formatNumber, formatTime } from '../../shared/format';
import { pageUrl } from '../../shared/links';
import { Section } from '../../shared/Section';
import { t } from '../../shared/t';
import type { NearestCase, Prediction } from './explainAnswers';
import { outputText, valueText } from './outputText';

const SHOWN = 4;

/** What is different in a case, the most different first: own value → value of the case. */
const Differences = ({
  own,
  differences,
}: {
  readonly own: ReadonlyMap<string, number | string>;
  readonly differences: NearestCase['differences'];
}) => (
  <>
    {differences.slice(0, SHOWN).map(({ feature, value }) => (
      <div key={feature}>
        {`${feature}: ${valueText(own.get(feature) ?? null)} `}
        <Icon name="arrow-right" size="sm" aria-hidden />
        {` ${valueText(value)}`}
      </div>
    ))}
  </>
);

/** The most similar predictions that were answered differently, and in what they differ. */
export const NearestCases = ({ prediction }: { readonly prediction: Prediction }) => {
  const { nearest, features } = prediction;
  const own = new Map(features.map(({ feature, value }) => [feature, value]));
  return (
    <Section
      title={t('explain.nearest.title', 'Nearest cases with another outcome')}
      description={nearest.reason}
    >
      {nearest.cases.length === 0 ? (
        <Text color="secondary">
          {nearest.status === 'none'
            ? t('explain.nearest.none', 'No stored prediction had another outcome.')
            : t('explain.nearest.unknown', 'It cannot be told what another outcome would be.')}
        </Text>
      ) : (
        <PlainTable
          caption={t('explain.nearest.title', 'Nearest cases with another outcome')}
          headings={[
            t('explain.column.prediction', 'Prediction'),
            t('explain.column.output', 'Output'),
            t('explain.column.distance', 'Distance'),
            t('explain.column.differences', 'What differs'),
            t('explain.column.time', 'Time'),
          ]}
        >
          {nearest.cases.map((one) => (
            <tr key={one.inference_id} data-testid="nearest-row">
              <th scope="row">
                <TextLink inline={false} href={pageUrl('explain', { id: one.inference_id })}>
                  {one.inference_id}
                </TextLink>
              </th>
              <td>{outputText(one)}</td>
              <td>{formatNumber(one.distance)}</td>
              <td>
                <Differences own={own} differences={one.differences} />
              </td>
              <td>{formatTime(Date.parse(one.time))}</td>
            </tr>
          ))}
        </PlainTable>
      )}
    </Section>
  );
};
