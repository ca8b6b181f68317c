import { EmptyState } from '@grafana/ui';
import type { ReactNode } from 'react';
import { t } from '../shared/t';

interface Props {
  readonly title?: string;
  /** Why there is nothing, and what to do about it. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** A question was answered, and the answer holds nothing. Say why in `children` where it is known. */
export const EmptyData = ({ title, children, action }: Props) => (
  <EmptyState
    variant="not-found"
    hideImage
    message={title ?? t('states.empty.title', 'Nothing here in this time range')}
    button={action}
  >
    {children}
  </EmptyState>
);
