import type { ChosenState, ErrorState, NoDataState } from './ruleTemplate';

/** Of a rule whose rows are models or features: without rows there is none that it could be about. */
export const NO_ROWS_IS_CALM: ChosenState<NoDataState> = {
  state: 'OK',
  why: 'no rows: nothing to judge yet; silence itself is what "No traffic" and "Processor lagging" look for',
};

/** A database that cannot be asked is one incident: it is told by one rule, not by all of them. */
export const ERROR_KEEPS_LAST: ChosenState<ErrorState> = {
  state: 'KeepLast',
  why: 'a database that does not answer is told once, by "ClickHouse disk", and ends no alert that is open',
};

export const ERROR_IS_TOLD: ChosenState<ErrorState> = {
  state: 'Error',
  why: 'the one rule that tells when the database does not answer',
};
