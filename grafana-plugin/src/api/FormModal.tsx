import { Button, Modal, Stack } from '@grafana/ui';
import type { ReactNode, SyntheticEvent } from 'react';
import { ProblemNotice } from './ProblemNotice';
import type { Write } from './useWrite';
import { t } from '../shared/t';

interface Props {
  readonly title: string;
  /** On the button that sends it. */
  readonly action: string;
  readonly write: Write<unknown>;
  readonly disabled?: boolean;
  readonly destructive?: boolean;
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form over the page: what went wrong is shown in it, and it stays until it worked or is left. */
export const FormModal = ({ title, action, write, children, ...props }: Props) => {
  const { disabled = false, destructive = false, onSubmit, onClose } = props;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    return onSubmit();
  };
  return (
    <Modal isOpen title={title} onDismiss={onClose}>
      <form onSubmit={submit}>
        <Stack direction="column" gap={2}>
          {write.problem !== undefined && <ProblemNotice problem={write.problem} />}
          <div>{children}</div>
          <Stack gap={1} justifyContent="flex-end">
            <Button type="button" variant="secondary" fill="outline" onClick={onClose}>
              {t('shared.cancel', 'Cancel')}
            </Button>
            <Button
              type="submit"
              variant={destructive ? 'destructive' : 'primary'}
              disabled={disabled || write.sending}
              icon={write.sending ? 'spinner' : undefined}
            >
              {action}
            </Button>
          </Stack>
        </Stack>
      </form>
    </Modal>
  );
};
