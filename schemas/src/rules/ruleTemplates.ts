import type { RuleTemplate } from './ruleTemplate';
import { costCoverage, costForecast, costPerHour } from './templates/costRules';
import { featureDrift, modelDrift } from './templates/driftRules';
import { performance } from './templates/performanceRule';
import {
  clickHouseDisk,
  processorLagging,
  processorRefusing,
  telemetryLost,
} from './templates/processorRules';
import { dataQuality, missingData } from './templates/qualityRules';
import { errorRate, latency, noTraffic, silentChange } from './templates/trafficRules';

/** Every alert rule of Plumbline, in the order in which people look for them. */
export const RULE_TEMPLATES: readonly RuleTemplate[] = [
  modelDrift,
  featureDrift,
  dataQuality,
  missingData,
  performance,
  noTraffic,
  errorRate,
  latency,
  costPerHour,
  costForecast,
  costCoverage,
  silentChange,
  telemetryLost,
  processorRefusing,
  processorLagging,
  clickHouseDisk,
];
