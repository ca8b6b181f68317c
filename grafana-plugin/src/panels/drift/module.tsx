import { PanelPlugin } from '@grafana/data';
import { lazyTranslated } from '../../shared/lazyTranslated';
import { t } from '../../shared/t';
import { translated } from '../../shared/translated';
import { DEFAULT_LIMIT, type DriftOptions, MOST_FEATURES } from './options';

export const plugin = new PanelPlugin<DriftOptions>(lazyTranslated(() => import('./DriftPanel')))
  .useFieldConfig()
  .setPanelOptions((builder) =>
    builder
      .addRadio({
        path: 'view',
        name: translated(() => t('panels.drift.view', 'Picture')),
        defaultValue: 'ranking',
        settings: {
          options: [
            { value: 'ranking', label: translated(() => t('panels.drift.ranking', 'Ranking')) },
            {
              value: 'distribution',
              label: translated(() => t('panels.drift.distribution', 'Distribution')),
            },
          ],
        },
      })
      .addSelect({
        path: 'measure',
        name: translated(() => t('panels.drift.measure', 'Ranked by')),
        defaultValue: 'score',
        showIf: ({ view }) => view !== 'distribution',
        settings: {
          options: [
            { value: 'score', label: translated(() => t('drift.measure.score', 'Effect (sd)')) },
            { value: 'psi', label: translated(() => t('drift.measure.psi', 'PSI')) },
            { value: 'js', label: translated(() => t('drift.measure.js', 'Jensen-Shannon')) },
            { value: 'ks', label: translated(() => t('drift.measure.ks', 'Kolmogorov-Smirnov')) },
            {
              value: 'wasserstein',
              label: translated(() => t('drift.measure.wasserstein', 'Wasserstein (sd)')),
            },
          ],
        },
      })
      .addNumberInput({
        path: 'limit',
        name: translated(() => t('panels.drift.limit', 'Features at most')),
        defaultValue: DEFAULT_LIMIT,
        showIf: ({ view }) => view !== 'distribution',
        settings: { min: 1, max: MOST_FEATURES, integer: true },
      }),
  );
