import { PanelPlugin } from '@grafana/data';
import { lazyTranslated } from '../../shared/lazyTranslated';
import { t } from '../../shared/t';
import { translated } from '../../shared/translated';
import type { ExplainOptions } from './explainOptions';

export const plugin = new PanelPlugin<ExplainOptions>(
  lazyTranslated(() => import('./ExplainPanel')),
).setPanelOptions((builder) =>
  builder
    .addRadio({
      path: 'view',
      name: translated(() => t('panels.explain.view', 'Picture')),
      defaultValue: 'auto',
      settings: {
        options: [
          { value: 'auto', label: translated(() => t('panels.explain.auto', 'By the columns')) },
          {
            value: 'waterfall',
            label: translated(() => t('panels.explain.asWaterfall', 'Waterfall')),
          },
          {
            value: 'importance',
            label: translated(() => t('panels.explain.asImportance', 'Importance')),
          },
        ],
      },
    })
    .addNumberInput({
      path: 'limit',
      name: translated(() => t('panels.explain.limit', 'Features shown')),
      defaultValue: 12,
      settings: { min: 2, max: 100, integer: true },
    }),
);
