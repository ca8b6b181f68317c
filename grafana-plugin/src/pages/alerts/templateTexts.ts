import { t } from '../../shared/t';

interface TemplateText {
  readonly title: string;
  readonly description: string;
}

/** The texts of the templates in the user's language; a test holds them to the templates. */
const TEXTS: Readonly<Record<string, () => TemplateText>> = {
  'model-drift': () => ({
    title: t('alerts.template.modelDrift.title', 'Drift of a model'),
    description: t(
      'alerts.template.modelDrift.text',
      'A model whose inputs or outputs moved away from its reference, on evidence that is worth a page.',
    ),
  }),
  'feature-drift': () => ({
    title: t('alerts.template.featureDrift.title', 'Drift of a feature'),
    description: t(
      'alerts.template.featureDrift.text',
      'A feature of a model that moved away from its reference, on evidence that is worth a page.',
    ),
  }),
  'data-quality': () => ({
    title: t('alerts.template.dataQuality.title', 'Data quality'),
    description: t(
      'alerts.template.dataQuality.text',
      'A model that is sent values which its checks find wrong, more often than is usual for it.',
    ),
  }),
  'missing-data': () => ({
    title: t('alerts.template.missingData.title', 'Missing data'),
    description: t(
      'alerts.template.missingData.text',
      'A feature that is missing in many more predictions than in the reference.',
    ),
  }),
  performance: () => ({
    title: t('alerts.template.performance.title', 'Performance'),
    description: t(
      'alerts.template.performance.text',
      'A model that does worse on its labels or evaluations than in the weeks before, beyond chance.',
    ),
  }),
  'no-traffic': () => ({
    title: t('alerts.template.noTraffic.title', 'No traffic'),
    description: t(
      'alerts.template.noTraffic.text',
      'A model that nobody calls, although it was called at this time a week ago (or yesterday, when it is new).',
    ),
  }),
  'error-rate': () => ({
    title: t('alerts.template.errorRate.title', 'Error rate'),
    description: t('alerts.template.errorRate.text', 'A model whose calls fail too often.'),
  }),
  latency: () => ({
    title: t('alerts.template.latency.title', 'Latency'),
    description: t(
      'alerts.template.latency.text',
      "A model that became slow: its minutes' p95, weighted by calls, against the day before.",
    ),
  }),
  'cost-per-hour': () => ({
    title: t('alerts.template.costPerHour.title', 'Cost per hour'),
    description: t(
      'alerts.template.costPerHour.text',
      'A model that costs more within an hour than was set; a loop that calls it, usually.',
    ),
  }),
  'cost-forecast': () => ({
    title: t('alerts.template.costForecast.title', 'Cost of the month'),
    description: t(
      'alerts.template.costForecast.text',
      'A model that will have cost more than its budget when the month ends, if it goes on like this.',
    ),
  }),
  'cost-coverage': () => ({
    title: t('alerts.template.costCoverage.title', 'Cost coverage'),
    description: t(
      'alerts.template.costCoverage.text',
      'A model of whose calls many have no price, so that its cost says too little.',
    ),
  }),
  'silent-model-change': () => ({
    title: t('alerts.template.silentModelChange.title', 'Silent model change'),
    description: t(
      'alerts.template.silentModelChange.text',
      'A model that answers differently under the same name, without a deployment that was told.',
    ),
  }),
  'telemetry-lost': () => ({
    title: t('alerts.template.telemetryLost.title', 'Telemetry lost'),
    description: t(
      'alerts.template.telemetryLost.text',
      'Rows that ClickHouse refused for good, or that were not passed on because the queue was full.',
    ),
  }),
  'processor-refusing': () => ({
    title: t('alerts.template.processorRefusing.title', 'Processor refusing'),
    description: t(
      'alerts.template.processorRefusing.text',
      'A processor that turns senders away, or whose inserts fail.',
    ),
  }),
  'processor-lagging': () => ({
    title: t('alerts.template.processorLagging.title', 'Processor lagging'),
    description: t(
      'alerts.template.processorLagging.text',
      'A processor that writes slowly, whose jobs fail, or that tells nothing of itself any more.',
    ),
  }),
  'clickhouse-disk': () => ({
    title: t('alerts.template.clickhouseDisk.title', 'ClickHouse disk'),
    description: t(
      'alerts.template.clickhouseDisk.text',
      'A disk of ClickHouse that fills up, and whether ClickHouse answers at all.',
    ),
  }),
};

/** What a rule template watches; one that has no texts yet has its id. */
export const templateText = (id: string): TemplateText =>
  TEXTS[id]?.() ?? { title: id, description: '' };
