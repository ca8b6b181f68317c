import { Text } from '@grafana/ui';
import { ValueInReference } from '../../charts/ValueInReference';
import { PlainTable } from '../../shared/PlainTable';
import { formatNumber, formatShare, UNKNOWN } from '../../shared/format';
import { Section } from '../../shared/Section';
import { t } from '../../shared/t';
import type { FeatureValue, ReferenceBin } from './explainAnswers';
import { valueText } from './outputText';

/** Below this share of the reference a value is unusual. */
const RARE = 0.01;

const binText = ({ low, high, label }: ReferenceBin): string => {
  if (label !== '') return label;
  if (low === null) return t('explain.bin.below', 'below {{high}}', { high: formatNumber(high) });
  if (high === null) return t('explain.bin.from', 'from {{low}}', { low: formatNumber(low) });
  return t('explain.bin.between', '{{low}} to {{high}}', {
    low: formatNumber(low),
    high: formatNumber(high),
  });
};

const Row = ({ feature: { feature, value, reference } }: { readonly feature: FeatureValue }) => {
  const bin = reference?.bins[reference.bin];
  return (
    <tr data-testid="feature-row">
      <th scope="row">{feature}</th>
      <td>{valueText(value)}</td>
      <td>
        {reference === null ? (
          t('explain.features.noReference', 'No baseline knows it')
        ) : (
          <ValueInReference
            label={t(
              'explain.features.picture',
              'Where {{value}} stands in the reference of {{feature}}',
              {
                value: valueText(value),
                feature,
              },
            )}
            shares={reference.bins.map(({ share }) => share)}
            at={reference.bin}
          />
        )}
      </td>
      <td>{bin === undefined ? UNKNOWN : binText(bin)}</td>
      <td>
        {reference === null ? (
          UNKNOWN
        ) : (
          <Text color={reference.share < RARE ? 'warning' : 'primary'}>
            {formatShare(reference.share)}
          </Text>
        )}
      </td>
    </tr>
  );
};

interface Props {
  readonly features: readonly FeatureValue[];
  readonly truncated: boolean;
}

/** The values of a prediction against what is usual: the rarest first. */
export const FeatureTable = ({ features, truncated }: Props) => (
  <Section
    title={t('explain.features.title', 'Features against the reference')}
    description={t(
      'explain.features.help',
      'How many predictions of the baseline had a value in the same bin; the rarest first.',
    )}
  >
    {features.length === 0 ? (
      <Text color="secondary">{t('explain.features.none', 'The prediction has no features.')}</Text>
    ) : (
      <PlainTable
        caption={t('explain.features.title', 'Features against the reference')}
        headings={[
          t('explain.column.feature', 'Feature'),
          t('explain.column.value', 'Value'),
          t('explain.column.reference', 'Reference'),
          t('explain.column.bin', 'Its bin'),
          t('explain.column.share', 'Share of the reference'),
        ]}
      >
        {features
          .toSorted((a, b) => (a.reference?.share ?? 2) - (b.reference?.share ?? 2))
          .map((feature) => (
            <Row key={feature.feature} feature={feature} />
          ))}
      </PlainTable>
    )}
    {truncated && (
      <Text color="secondary">
        {t('explain.features.truncated', 'It has more features than are shown.')}
      </Text>
    )}
  </Section>
);
