import { PanelPlugin } from '@grafana/data';
import { lazyTranslated } from '../../shared/lazyTranslated';
import type { ExplainOptions } from './explainOptions';

export const plugin = new PanelPlugin<ExplainOptions>(
  lazyTranslated(() => import('./ExplainPanel')),
).setPanelOptions((builder) =>
  // Grafana reads the options before any translation is loaded, so that they are in English.
  builder
    .addRadio({
      path: 'view',
      name: 'Picture',
      defaultValue: 'auto',
      settings: {
        options: [
          { value: 'auto', label: 'By the columns' },
          { value: 'waterfall', label: 'Waterfall' },
          { value: 'importance', label: 'Importance' },
        ],
      },
    })
    .addNumberInput({
      path: 'limit',
      name: 'Features shown',
      defaultValue: 12,
      settings: { min: 2, max: 100, integer: true },
    }),
);
