import { Icon, type IconName, Stack, Text } from '@grafana/ui';
import type { ReactNode } from 'react';
import { t } from '../../shared/t';
import type { CheckState } from './checks';

interface Props {
  readonly title: string;
  /** Undefined while it is asked for. */
  readonly state: CheckState | undefined;
  readonly children?: ReactNode;
}

type Color = 'success' | 'error' | 'warning' | 'secondary';

const LOOKS: Readonly<Record<CheckState, { readonly icon: IconName; readonly color: Color }>> = {
  ok: { icon: 'check-circle', color: 'success' },
  failed: { icon: 'exclamation-circle', color: 'error' },
  warning: { icon: 'exclamation-triangle', color: 'warning' },
  waiting: { icon: 'clock-nine', color: 'secondary' },
};

const stateText = (state: CheckState | undefined): string => {
  switch (state) {
    case 'ok':
      return t('setup.state.ok', 'Done');
    case 'failed':
      return t('setup.state.failed', 'Does not work');
    case 'warning':
      return t('setup.state.warning', 'Worth a look');
    case 'waiting':
      return t('setup.state.waiting', 'Not yet');
    case undefined:
      return t('setup.state.asking', 'Checking');
  }
};

/** One thing that must be in order, as word, icon and colour, with what was found. */
export const CheckItem = ({ title, state, children }: Props) => {
  const { icon, color } = state === undefined ? LOOKS.waiting : LOOKS[state];
  return (
    <li data-testid="check" data-state={state ?? 'asking'}>
      <Stack direction="column" gap={0.5}>
        <Stack gap={1} alignItems="center" wrap="wrap">
          <Text element="h2" variant="h5">
            {title}
          </Text>
          <Text color={color}>
            <Icon name={icon} /> {stateText(state)}
          </Text>
        </Stack>
        {children}
      </Stack>
    </li>
  );
};
