import { Alert, Text } from '@grafana/ui';
import { formatCount, formatNumber } from '../../shared/format';
import { t } from '../../shared/t';
import type { Source, Surrogate } from './explainAnswers';

interface Props {
  readonly source: Source;
  readonly method?: string;
  readonly surrogate: Surrogate | null;
}

/** Where contributions come from: what a surrogate says must not look like what the service said. */
export const SourceNotice = ({ source, method = '', surrogate }: Props) => {
  if (source === 'service')
    return (
      <Text element="p" color="secondary">
        {method === ''
          ? t('explain.source.service', 'As the service sent it.')
          : t('explain.source.method', 'As the service sent it (method: {{method}}).', { method })}
      </Text>
    );
  if (source === 'none' || surrogate === null)
    return (
      <Alert
        severity="warning"
        title={t('explain.source.none', 'No explanation')}
        data-testid="explanation-refused"
      >
        {t(
          'explain.source.refused',
          'The service sent no attributions, and a surrogate was refused: {{reason}}.',
          { reason: surrogate?.reason ?? '' },
        )}
      </Alert>
    );
  return (
    <Alert
      severity="info"
      title={t('explain.source.surrogate', 'Of a surrogate, not of the model itself')}
      data-testid="explanation-surrogate"
    >
      {t(
        'explain.source.fidelity',
        'The service sent no attributions. A simple model was fitted on {{fitted}} logged predictions; on {{held}} that it had not seen it explains R² = {{fidelity}} of the variance.',
        {
          fitted: formatCount(surrogate.fitted_rows),
          held: formatCount(surrogate.held_out_rows),
          fidelity: formatNumber(surrogate.fidelity),
        },
      )}
      {surrogate.scale === 'logit' &&
        ` ${t('explain.source.logit', 'Contributions are in log-odds.')}`}
    </Alert>
  );
};
