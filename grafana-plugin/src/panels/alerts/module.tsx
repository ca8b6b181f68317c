import { PanelPlugin } from '@grafana/data';
import { lazyTranslated } from '../../shared/lazyTranslated';
import { addAlertsPanelOptions, type AlertsPanelOptions } from './alertsPanelOptions';

export const plugin = new PanelPlugin<AlertsPanelOptions>(
  lazyTranslated(() => import('./AlertsPanel')),
)
  .useFieldConfig()
  .setPanelOptions(addAlertsPanelOptions);
