import { numberOf, textOf } from '../../../queries/rowsOf';
import { formatCount, formatTime, UNKNOWN } from '../../../shared/format';
import { statusText } from '../../../shared/status';
import { t } from '../../../shared/t';
import type { Layer, LineageTexts } from './lineageRows';

export const layerText = (layer: Layer): string => {
  switch (layer) {
    case 'data':
      return t('modelLineage.layer.data', 'Data');
    case 'features':
      return t('modelLineage.layer.features', 'Features');
    case 'model':
      return t('modelLineage.layer.model', 'Model');
    case 'services':
      return t('modelLineage.layer.services', 'Services');
  }
};

/** What the graph of a model says. */
export const lineageTexts = (model: string): LineageTexts => ({
  baseline: (row) => ({
    label: t('modelLineage.baseline', 'Baseline to {{day}}', {
      day: formatTime(numberOf(row, 'to_ms')),
    }),
    note: t('modelLineage.baselineNote', '{{rows}} rows from {{day}}', {
      rows: formatCount(numberOf(row, 'row_count')),
      day: formatTime(numberOf(row, 'from_ms')),
    }),
  }),
  source: (calls) => t('modelLineage.calls', 'Calls: {{count}}', { count: formatCount(calls) }),
  feature: (status) =>
    status === '' ? t('modelLineage.unjudged', 'Drift not checked') : statusText(status),
  version: (version) =>
    version === ''
      ? { label: model || UNKNOWN, note: t('modelLineage.noVersion', 'No version told') }
      : { label: t('modelLineage.version', 'Version {{version}}', { version }), note: model },
  service: (row, calls, errors) => ({
    label: textOf(row, 'service') || UNKNOWN,
    note: t('modelLineage.serviceNote', 'Calls: {{count}}, failed: {{errors}}', {
      count: formatCount(calls),
      errors: formatCount(errors),
    }),
  }),
});
