import type { BadgeColor } from '@grafana/ui';
import { t } from '../../shared/t';

export const STAGES = ['development', 'staging', 'production', 'archived'] as const;
export type Stage = (typeof STAGES)[number];

export const stageText = (stage: string): string => {
  switch (stage) {
    case 'development':
      return t('registry.stage.development', 'Development');
    case 'staging':
      return t('registry.stage.staging', 'Staging');
    case 'production':
      return t('registry.stage.production', 'Production');
    case 'archived':
      return t('registry.stage.archived', 'Archived');
    case '':
      return t('registry.stage.none', 'No stage');
    default:
      return stage;
  }
};

const COLORS: Readonly<Record<string, BadgeColor>> = {
  production: 'green',
  staging: 'blue',
  development: 'purple',
};

export const stageColor = (stage: string): BadgeColor => COLORS[stage] ?? 'darkgrey';

/** The stage that usually comes after one. */
export const nextStage = (stage: string): Stage =>
  stage === 'development' || stage === '' ? 'staging' : 'production';

interface Staged {
  readonly version: string;
  readonly to_stage: string;
}

/**
 * The version that a roll-back brings into production: of those that are not in it now, the one that got the stage last;
 * undefined where there is none. `changes` are the newest first.
 */
export const rollbackTarget = (changes: readonly Staged[]): string | undefined => {
  const now = new Map<string, string>();
  for (const { version, to_stage } of changes) if (!now.has(version)) now.set(version, to_stage);
  return changes.find(
    ({ version, to_stage }) => to_stage === 'production' && now.get(version) !== 'production',
  )?.version;
};
