import { quoteText } from './quote';
import type { RequestOptions } from './requestOptions';
import type { EmbeddedLimits } from './settings';

/** The state that a connection needs for a request. */
export interface RequestState {
  /** Where the request names none, a session keeps its own and everybody else has `default`. */
  readonly database: string | undefined;
  /** One SET statement. */
  readonly set: string;
  /** Only what every request sets anyway, so that the next one overwrites it. */
  readonly plain: boolean;
  /** The request's own `log_comment`. */
  readonly logComment: string;
  /** How long the statement may run, seconds. */
  readonly executionSeconds: number;
  /** Names of the settings that the next request would not overwrite. */
  readonly changed: readonly string[];
}

/** Puts a request's settings, parameters and database into SQL, with those that have a limit cut to it. */
export function requestState(
  options: RequestOptions,
  readOnly: boolean,
  limits: EmbeddedLimits,
): RequestState {
  const executionSeconds = cut(options.settings.get('max_execution_time'), limits.executionSeconds);
  const sets: string[] = [`max_execution_time = ${executionSeconds}`];
  const changed: string[] = [];
  for (const [name, value] of options.settings) {
    if (SET_ELSEWHERE.has(name)) continue;
    changed.push(name);
    const kept = name === 'max_memory_usage' ? String(cut(value, limits.queryMemoryBytes)) : value;
    sets.push(`${name} = ${quoteText(kept)}`);
  }
  for (const [name, value] of options.parameters) sets.push(`${name} = ${quoteText(value)}`);
  const asked = options.settings.get('readonly');
  // A read-only user is at 2 already, and the engine takes a second SET for an attempt to change it.
  const readonly = readOnly && asked !== '0' ? undefined : asked;
  // After the others: it forbids changing them.
  if (readonly !== undefined) sets.push(`readonly = ${quoteText(readonly)}`);
  const logComment = options.settings.get('log_comment') ?? '';
  return {
    database: options.database,
    set: `SET ${sets.join(', ')}`,
    plain:
      changed.length === 0 &&
      options.parameters.size === 0 &&
      readonly === undefined &&
      logComment === '',
    logComment,
    executionSeconds,
    changed,
  };
}

const SET_ELSEWHERE = new Set(['max_execution_time', 'readonly', 'log_comment']);

/** 0 means "no limit" to ClickHouse. */
function cut(asked: string | undefined, limit: number): number {
  const number = Number(asked ?? 0);
  return Number.isFinite(number) && number > 0 ? Math.min(number, limit) : limit;
}
