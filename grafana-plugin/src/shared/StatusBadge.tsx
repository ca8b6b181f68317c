import type { BadgeColor, IconName } from '@grafana/ui';
import { ReadableBadge } from './ReadableBadge';
import { statusText, type Tone, toneOf } from './status';

const LOOKS: Readonly<Record<Tone, { readonly color: BadgeColor; readonly icon: IconName }>> = {
  bad: { color: 'red', icon: 'exclamation-circle' },
  warn: { color: 'orange', icon: 'exclamation-triangle' },
  good: { color: 'green', icon: 'check-circle' },
  unknown: { color: 'darkgrey', icon: 'question-circle' },
};

interface Props {
  readonly status: string | null | undefined;
  /** Where the status alone does not tell how bad it is. */
  readonly tone?: Tone;
  readonly tooltip?: string;
}

/** A status as word, icon and colour: never by colour alone. */
export const StatusBadge = ({ status, tone = toneOf(status), tooltip }: Props) => (
  <ReadableBadge
    text={statusText(status)}
    {...LOOKS[tone]}
    {...(tooltip === undefined ? {} : { tooltip })}
  />
);
