import { Alert } from '@grafana/ui';
import { formatCount } from '../shared/format';
import { t } from '../shared/t';

interface Props {
  /** How many are shown. */
  readonly shown: number;
  /** How many there are, where that is known. */
  readonly total?: number;
}

/** There is more than is shown, and how to get at it: a list that ends at a limit must say so. */
export const TooMuchData = ({ shown, total }: Props) => (
  <Alert
    severity="warning"
    title={
      total === undefined
        ? t('states.tooMuch.shown', 'Only the first {{shown}} are shown', {
            shown: formatCount(shown),
          })
        : t('states.tooMuch.total', 'Only {{shown}} of {{total}} are shown', {
            shown: formatCount(shown),
            total: formatCount(total),
          })
    }
    data-testid="state-too-much"
  >
    {t('states.tooMuch.text', 'Narrow the time range or the filters to see the rest.')}
  </Alert>
);
