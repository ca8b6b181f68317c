import { Alert } from '@grafana/ui';
import { t } from '../shared/t';

interface Props {
  /** What the user wanted, e.g. `promote a model`, already translated. */
  readonly action?: string;
}

/** The user may not see or do this; says whom to ask. */
export const NoPermission = ({ action }: Props) => (
  <Alert
    severity="info"
    title={t('states.noPermission.title', 'Your role does not allow this')}
    data-testid="state-no-permission"
  >
    {action === undefined
      ? t('states.noPermission.text', 'Ask an administrator of this Grafana for the permission.')
      : t(
          'states.noPermission.action',
          'Ask an administrator of this Grafana for the permission to {{action}}.',
          { action },
        )}
  </Alert>
);
