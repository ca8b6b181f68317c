import { Alert, Button, Stack } from '@grafana/ui';
import { t } from '../shared/t';

interface Props {
  readonly title?: string;
  /** What the other side said, as it is: the text of ClickHouse or of the API. Empty: it said nothing. */
  readonly message: string;
  readonly onRetry?: (() => void) | undefined;
}

/** Something that was asked for failed: an error must never look like a calm state. */
export const FailedState = ({ title, message, onRetry }: Props) => (
  <Alert
    severity="error"
    title={title ?? t('states.failed.title', 'This could not be loaded')}
    data-testid="state-failed"
  >
    <Stack direction="column" alignItems="flex-start">
      <span style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
        {message === ''
          ? t('states.failed.noReason', 'Nobody said why. The log of Grafana may tell more.')
          : message}
      </span>
      {onRetry !== undefined && (
        <Button variant="secondary" size="sm" icon="sync" onClick={onRetry}>
          {t('states.failed.retry', 'Try again')}
        </Button>
      )}
    </Stack>
  </Alert>
);
