import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, TextLink, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { formatMs, formatNumber, formatTime, UNKNOWN } from '../../shared/format';
import { pageUrl } from '../../shared/links';
import { Section } from '../../shared/Section';
import { t } from '../../shared/t';
import type { Prediction } from './explainAnswers';
import { outputText } from './outputText';

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <Text element="h3" variant="bodySmall" color="secondary">
      {name}
    </Text>
    <div>{children}</div>
  </div>
);

const HOUR_MS = 3_600_000;

/** Its trace among the model's, with an hour around it. */
const traceUrl = ({ environment, model, version, trace_id, time }: Prediction['inference']) =>
  pageUrl(
    'model',
    {
      'var-environment': environment,
      'var-model': model,
      'var-version': version,
      trace: trace_id,
      from: String(Date.parse(time) - HOUR_MS),
      to: String(Date.parse(time) + HOUR_MS),
    },
    'traces',
  );

/** What was predicted, by whom, and what it turned out to be. */
export const PredictionFacts = ({ prediction }: { readonly prediction: Prediction }) => {
  const styles = useStyles2(getStyles);
  const { inference, labels } = prediction;
  const [label] = labels;
  return (
    <Section title={t('explain.facts.title', 'The prediction')}>
      <div className={styles.facts}>
        <Fact name={t('explain.column.output', 'Output')}>
          <strong>{outputText(inference)}</strong>
        </Fact>
        <Fact name={t('explain.facts.label', 'Turned out to be')}>
          {label === undefined
            ? t('explain.facts.noLabel', 'Not known yet')
            : label.label || formatNumber(label.value)}
        </Fact>
        <Fact name={t('explain.model', 'Model')}>
          <TextLink
            inline={false}
            href={pageUrl('model', {
              'var-environment': inference.environment,
              'var-model': inference.model,
              'var-version': inference.version,
            })}
          >
            {`${inference.model} ${inference.version}`.trim()}
          </TextLink>
        </Fact>
        <Fact name={t('explain.environment', 'Environment')}>
          {inference.environment || UNKNOWN}
        </Fact>
        <Fact name={t('explain.column.service', 'Service')}>{inference.service || UNKNOWN}</Fact>
        <Fact name={t('explain.column.time', 'Time')}>
          {formatTime(Date.parse(inference.time))}
        </Fact>
        <Fact name={t('explain.facts.latency', 'Latency')}>{formatMs(inference.latency_ms)}</Fact>
        <Fact name={t('explain.facts.trace', 'Trace')}>
          {inference.trace_id === '' ? (
            UNKNOWN
          ) : (
            <TextLink inline={false} href={traceUrl(inference)}>
              {inference.trace_id}
            </TextLink>
          )}
        </Fact>
        <Fact name={t('explain.column.violations', 'Violations')}>
          {inference.violations.length === 0
            ? t('explain.facts.noViolations', 'None')
            : inference.violations.join(', ')}
        </Fact>
      </div>
    </Section>
  );
};

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(160px, 1fr))',
    gap: theme.spacing(2),
    overflowWrap: 'anywhere',
  }),
});
