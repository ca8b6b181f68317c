import { t } from '../../shared/t';

/** Titles and units of the templates' numbers in the user's language, by the template's own; a test holds them to the templates. */
const TITLES: Readonly<Record<string, () => string>> = {
  'Look at the newest hour of the last': () =>
    t('alerts.number.lookAtTheNewestHourOfThe', 'Look at the newest hour of the last'),
  'Smallest effect': () => t('alerts.number.smallestEffect', 'Smallest effect'),
  'Smallest share of violations': () =>
    t('alerts.number.smallestShareOfViolations', 'Smallest share of violations'),
  'Over the last': () => t('alerts.number.overTheLast', 'Over the last'),
  'More missing than in the reference by': () =>
    t('alerts.number.moreMissingThanInTheReferenceBy', 'More missing than in the reference by'),
  'Fewest predictions to judge by': () =>
    t('alerts.number.fewestPredictionsToJudgeBy', 'Fewest predictions to judge by'),
  'The last': () => t('alerts.number.theLast', 'The last'),
  'Against the days before': () =>
    t('alerts.number.againstTheDaysBefore', 'Against the days before'),
  'Worse by': () => t('alerts.number.worseBy', 'Worse by'),
  'Fewest labels to judge by': () =>
    t('alerts.number.fewestLabelsToJudgeBy', 'Fewest labels to judge by'),
  'Silent for': () => t('alerts.number.silentFor', 'Silent for'),
  'Fewest requests in the same minutes before': () =>
    t(
      'alerts.number.fewestRequestsInTheSameMinutesBefore',
      'Fewest requests in the same minutes before',
    ),
  'Failed calls above': () => t('alerts.number.failedCallsAbove', 'Failed calls above'),
  'Fewest requests to judge by': () =>
    t('alerts.number.fewestRequestsToJudgeBy', 'Fewest requests to judge by'),
  'Slower than the day before by a factor of': () =>
    t('alerts.number.slowerThanTheDayBeforeByA', 'Slower than the day before by a factor of'),
  'And slower than': () => t('alerts.number.andSlowerThan', 'And slower than'),
  'More than': () => t('alerts.number.moreThan', 'More than'),
  'Budget of a model': () => t('alerts.number.budgetOfAModel', 'Budget of a model'),
  'Priced calls below': () => t('alerts.number.pricedCallsBelow', 'Priced calls below'),
  'Fewest calls to judge by': () =>
    t('alerts.number.fewestCallsToJudgeBy', 'Fewest calls to judge by'),
  'Told within the last': () => t('alerts.number.toldWithinTheLast', 'Told within the last'),
  'Mean duration of an insert above': () =>
    t('alerts.number.meanDurationOfAnInsertAbove', 'Mean duration of an insert above'),
  'Or failed runs of jobs above': () =>
    t('alerts.number.orFailedRunsOfJobsAbove', 'Or failed runs of jobs above'),
  'Used more than': () => t('alerts.number.usedMoreThan', 'Used more than'),
};

const UNITS: Readonly<Record<string, () => string>> = {
  hours: () => t('alerts.unit.hours', 'hours'),
  'reference sd': () => t('alerts.unit.referenceSd', 'reference sd'),
  '%': () => t('alerts.unit.percent', '%'),
  minutes: () => t('alerts.unit.minutes', 'minutes'),
  'percentage points': () => t('alerts.unit.percentagePoints', 'percentage points'),
  predictions: () => t('alerts.unit.predictions', 'predictions'),
  days: () => t('alerts.unit.days', 'days'),
  labels: () => t('alerts.unit.labels', 'labels'),
  requests: () => t('alerts.unit.requests', 'requests'),
  times: () => t('alerts.unit.times', 'times'),
  ms: () => t('alerts.unit.ms', 'ms'),
  'currency of its prices an hour': () =>
    t('alerts.unit.currencyOfItsPricesAnHour', 'currency of its prices an hour'),
  'currency of its prices a month': () =>
    t('alerts.unit.currencyOfItsPricesAMonth', 'currency of its prices a month'),
  calls: () => t('alerts.unit.calls', 'calls'),
  rows: () => t('alerts.unit.rows', 'rows'),
  'refusals and failed inserts': () =>
    t('alerts.unit.refusalsAndFailedInserts', 'refusals and failed inserts'),
  s: () => t('alerts.unit.s', 's'),
  runs: () => t('alerts.unit.runs', 'runs'),
};

export const numberTitle = (title: string): string => TITLES[title]?.() ?? title;

export const unitText = (unit: string): string => UNITS[unit]?.() ?? unit;
