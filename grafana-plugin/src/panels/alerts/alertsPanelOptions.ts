import type { PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '../../shared/t';
import { translated } from '../../shared/translated';

export interface AlertsPanelOptions {
  /** `rules`: the rules of the app as they stand. `events`: rows of a query on v_alert_events. */
  readonly show: 'rules' | 'events';
  /** Leaves out rules that are calm, and events of alerts that ended. */
  readonly onlyActive: boolean;
  readonly showEvidence: boolean;
  readonly limit: number;
}

export const addAlertsPanelOptions = (
  builder: PanelOptionsEditorBuilder<AlertsPanelOptions>,
): void => {
  builder
    .addRadio({
      path: 'show',
      name: translated(() => t('panels.alerts.show', 'Show')),
      defaultValue: 'rules',
      settings: {
        options: [
          { value: 'rules', label: translated(() => t('panels.alerts.rules', 'Rules')) },
          {
            value: 'events',
            label: translated(() => t('panels.alerts.events', 'State changes of a query')),
          },
        ],
      },
    })
    .addBooleanSwitch({
      path: 'onlyActive',
      name: translated(() => t('panels.alerts.onlyActive', 'Only what fires or fails')),
      defaultValue: false,
    })
    .addBooleanSwitch({
      path: 'showEvidence',
      name: translated(() => t('panels.alerts.showEvidence', 'Show the evidence')),
      defaultValue: true,
      showIf: ({ show }) => show === 'events',
    })
    .addNumberInput({
      path: 'limit',
      name: translated(() => t('panels.alerts.limit', 'Most rows')),
      defaultValue: 50,
      settings: { min: 1, max: 1000, integer: true },
    });
};
