import type { Tone } from '../../shared/status';
import { t } from '../../shared/t';
import type { Group, Sort } from './fleetView';

export const toneText = (tone: Tone): string => {
  switch (tone) {
    case 'bad':
      return t('fleet.tone.bad', 'Needs attention now');
    case 'warn':
      return t('fleet.tone.warn', 'Worth a look');
    case 'unknown':
      return t('fleet.tone.unknown', 'Not known');
    case 'good':
      return t('fleet.tone.good', 'Fine');
  }
};

export const groupText = (group: Group): string => {
  switch (group) {
    case 'team':
      return t('fleet.group.team', 'Team');
    case 'environment':
      return t('fleet.group.environment', 'Environment');
    case 'provider':
      return t('fleet.group.provider', 'Provider');
  }
};

export const sortText = (sort: Sort): string => {
  switch (sort) {
    case 'attention':
      return t('fleet.column.status', 'Status');
    case 'model':
      return t('fleet.column.model', 'Model');
    case 'traffic':
      return t('fleet.column.traffic', 'Requests');
    case 'errors':
      return t('fleet.column.errors', 'Errors');
    case 'latency':
      return t('fleet.column.latency', 'Latency P95');
    case 'drift':
      return t('fleet.column.drift', 'Drift');
    case 'performance':
      return t('fleet.column.performance', 'Performance');
    case 'cost':
      return t('fleet.column.cost', 'Cost');
  }
};

/** What stands for an empty value, so that it can be read and chosen. */
export const noneText = (): string => t('fleet.none', 'None');
