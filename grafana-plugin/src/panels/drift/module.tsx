import { PanelPlugin } from '@grafana/data';
import { lazyTranslated } from '../../shared/lazyTranslated';
import { t } from '../../shared/t';
import { DEFAULT_LIMIT, type DriftOptions, MOST_FEATURES } from './options';

export const plugin = new PanelPlugin<DriftOptions>(lazyTranslated(() => import('./DriftPanel')))
  .useFieldConfig()
  // Called when the editor opens, when the texts are there: the panel has been drawn.
  .setPanelOptions((builder) =>
    builder
      .addRadio({
        path: 'view',
        name: t('panels.drift.view', 'Picture'),
        defaultValue: 'ranking',
        settings: {
          options: [
            { value: 'ranking', label: t('panels.drift.ranking', 'Ranking') },
            { value: 'distribution', label: t('panels.drift.distribution', 'Distribution') },
          ],
        },
      })
      .addSelect({
        path: 'measure',
        name: t('panels.drift.measure', 'Ranked by'),
        defaultValue: 'score',
        showIf: ({ view }) => view !== 'distribution',
        settings: {
          options: [
            { value: 'score', label: t('drift.measure.score', 'Effect (sd)') },
            { value: 'psi', label: t('drift.measure.psi', 'PSI') },
            { value: 'js', label: t('drift.measure.js', 'Jensen-Shannon') },
            { value: 'ks', label: t('drift.measure.ks', 'Kolmogorov-Smirnov') },
            { value: 'wasserstein', label: t('drift.measure.wasserstein', 'Wasserstein (sd)') },
          ],
        },
      })
      .addNumberInput({
        path: 'limit',
        name: t('panels.drift.limit', 'Features at most'),
        defaultValue: DEFAULT_LIMIT,
        showIf: ({ view }) => view !== 'distribution',
        settings: { min: 1, max: MOST_FEATURES, integer: true },
      }),
  );
