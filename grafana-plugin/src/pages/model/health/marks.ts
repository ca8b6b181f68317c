import type { MarkKind } from '@plumbline/schemas/queries';
import { numberOf, type Row, textOf } from '../../../queries/rowsOf';
import { t } from '../../../shared/t';

/** A moment at which something happened to the model. */
export interface Mark {
  readonly timeMs: number;
  readonly kind: MarkKind;
  readonly what: string;
  readonly version: string;
  readonly text: string;
  readonly actor: string;
}

export const MARK_KINDS: readonly MarkKind[] = ['deployment', 'silent_change', 'alert', 'other'];

const kindOf = (text: string): MarkKind => MARK_KINDS.find((kind) => kind === text) ?? 'other';

export const marksOf = (rows: readonly Row[]): readonly Mark[] =>
  rows.flatMap((row) => {
    const timeMs = numberOf(row, 'at_ms');
    if (timeMs === null) return [];
    const [what, version] = [textOf(row, 'what'), textOf(row, 'version')];
    const [text, actor] = [textOf(row, 'text'), textOf(row, 'actor')];
    return [{ timeMs, kind: kindOf(textOf(row, 'kind')), what, version, text, actor }];
  });

/** The kinds that the address hides; all are shown until somebody hides one. */
export const hiddenKinds = (text: string): readonly MarkKind[] =>
  MARK_KINDS.filter((kind) => text.split(',').includes(kind));

export const toggleKind = (hidden: readonly MarkKind[], kind: MarkKind): string =>
  MARK_KINDS.filter((one) => hidden.includes(one) !== (one === kind)).join(',');

export const kindText = (kind: MarkKind): string => {
  switch (kind) {
    case 'deployment':
      return t('health.kind.deployment', 'Deployments');
    case 'silent_change':
      return t('health.kind.silentChange', 'Silent changes');
    case 'alert':
      return t('health.kind.alert', 'Alerts');
    case 'other':
      return t('health.kind.other', 'Other events');
  }
};

/** What happened, in words; an event that is not known here is shown as it is called. */
export const whatText = ({ kind, what }: Mark): string => {
  const words: Readonly<Record<string, () => string>> = {
    deployed: () => t('health.what.deployed', 'Deployed'),
    stage_changed: () => t('health.what.stageChanged', 'Stage changed'),
    silent_change: () => t('health.what.silentChange', 'Silent change'),
    baseline_created: () => t('health.what.baseline', 'Baseline made'),
    annotation: () => t('health.what.annotation', 'Note'),
    firing: () => t('health.what.firing', 'Alert fires'),
    resolved: () => t('health.what.resolved', 'Alert is over'),
  };
  const known =
    kind === 'alert' || !['firing', 'resolved'].includes(what) ? words[what] : undefined;
  return known?.() ?? what;
};
