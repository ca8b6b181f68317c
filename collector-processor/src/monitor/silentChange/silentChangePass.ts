import { createHash } from 'node:crypto';
import { groupBy } from '../groupBy';
import { quoteText } from '../quoteText';
import type { Statements } from '../statements';
import { inRange, timeText, type TimeRange } from '../timeText';
import type { Alias, AnswerHour } from './answerHour';
import { findChanges, type KnownChange } from './findChanges';
import type { SilentChangeSettings } from './silentChangeSettings';

export interface SilentChangeEvents {
  silentChange(change: { readonly model: string; readonly text: string }): void;
}

export interface SilentChangePassSettings {
  readonly silentChange: SilentChangeSettings;
  /** The longest that an insert of windows may take until it is visible, milliseconds. */
  readonly settleMs: number;
}

const ALIAS = 'tenant, environment, provider, model';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** When the job starts, hours computed within this time are looked at again. */
const LOOK_BACK_MS = 2 * DAY_MS;
const ALIASES_PER_STATEMENT = 20;

interface DirtyAlias extends Alias {
  readonly fromMs: number;
}

type AnswerRow = Alias & AnswerHour;

const aliasKey = ({ tenant, environment, provider, model }: Alias): string =>
  JSON.stringify([tenant, environment, provider, model]);
const aliasesIn = (aliases: readonly Alias[]): string =>
  `(${ALIAS}) IN (${aliases
    .map(
      ({ tenant, environment, provider, model }) =>
        `(${[tenant, environment, provider, model].map(quoteText).join(', ')})`,
    )
    .join(', ')})`;

/**
 * Looks for silent changes of the aliases whose hours were computed since the last look. What is found is written as an
 * event with an id of its own, so looking again, here or in another replica, adds nothing.
 */
export class SilentChangePass {
  private readonly statements: Statements;
  private readonly settings: SilentChangePassSettings;
  private readonly events: SilentChangeEvents;
  private lookedUntil: number | undefined;

  constructor(
    statements: Statements,
    settings: SilentChangePassSettings,
    events: SilentChangeEvents,
  ) {
    this.statements = statements;
    this.settings = settings;
    this.events = events;
  }

  /** `nowMs` is the engine's clock. */
  async run(nowMs: number): Promise<void> {
    const toMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
    const sinceMs = this.lookedUntil ?? nowMs - LOOK_BACK_MS;
    const dirty = await this.findDirty(sinceMs, toMs);
    for (let at = 0; at < dirty.length; at += ALIASES_PER_STATEMENT) {
      await this.look(dirty.slice(at, at + ALIASES_PER_STATEMENT), toMs, nowMs);
    }
    this.lookedUntil = nowMs - this.settings.settleMs;
  }

  private findDirty(sinceMs: number, toMs: number): Promise<DirtyAlias[]> {
    return this.statements.read<DirtyAlias>(
      `SELECT ${ALIAS}, toUnixTimestamp64Milli(min(time)) AS fromMs
FROM ml_answer_windows
WHERE computed_at >= ${timeText(sinceMs)} AND time < ${timeText(toMs)}
GROUP BY ${ALIAS}
ORDER BY ${ALIAS}`,
    );
  }

  private async look(aliases: readonly DirtyAlias[], toMs: number, nowMs: number): Promise<void> {
    const earliest = Math.min(...aliases.map(({ fromMs }) => fromMs));
    // Evidence gathers from the day before on, and is compared with the days before that.
    const range = { fromMs: earliest - this.settings.silentChange.referenceMs - 2 * DAY_MS, toMs };
    const hours = groupBy(await this.readHours(aliases, range), aliasKey);
    const known = groupBy(await this.readKnown(aliases), aliasKey);
    const rows: object[] = [];
    for (const alias of aliases) {
      const key = aliasKey(alias);
      const watched = { alias, hours: hours.get(key) ?? [], known: known.get(key) ?? [] };
      const span = { fromMs: alias.fromMs - DAY_MS, toMs };
      for (const change of findChanges(watched, span, this.settings.silentChange)) {
        this.events.silentChange({ model: alias.model, text: change.text });
        const { tenant, environment, provider, model } = alias;
        const hour = Math.floor(change.sinceMs / HOUR_MS);
        const id = [provider, change.signal, change.after, hour].join('\n');
        rows.push({
          ...{ tenant, environment, model },
          event_id: `silent_change:${createHash('sha256').update(id).digest('hex').slice(0, 32)}`,
          time: change.sinceMs,
          version: change.signal === 'answering_model' ? change.after : '',
          event: 'silent_change',
          text: change.text,
          actor: 'plumbline',
          evidence: JSON.stringify(change.evidence),
          row_version: Math.trunc(nowMs),
        });
      }
    }
    await this.statements.insert('ml_model_events', rows);
  }

  private readHours(aliases: readonly Alias[], range: TimeRange): Promise<AnswerRow[]> {
    const named = "if(told > 0, map(toString(version), told), CAST(map(), 'Map(String, UInt64)'))";
    const first =
      "if(told > 0, map(toString(version), toUnixTimestamp64Milli(first_time)), CAST(map(), 'Map(String, Int64)'))";
    return this.statements.read<AnswerRow>(
      `SELECT ${ALIAS}, service, toUnixTimestamp64Milli(window.time) AS timeMs, sum(window.rows) AS calls,
  sumMap(${named}) AS models, minMap(${first}) AS firstMs, sumMap(window.fingerprints) AS fingerprints, sumMap(finish_reasons) AS reasons,
  sum(refusals_told) AS refusalsTold, sum(window.refusals) AS refusals,
  sumForEach(length_moments) AS length, sumForEach(density_moments) AS density, sumForEach(first_chunk_moments) AS firstChunk
FROM ml_answer_windows AS window FINAL
WHERE ${inRange(range, 'window.time')} AND ${aliasesIn(aliases)} AND window.rows > 0
GROUP BY ${ALIAS}, service, timeMs
ORDER BY timeMs, service`,
    );
  }

  private readKnown(aliases: readonly Alias[]): Promise<(Alias & KnownChange)[]> {
    const provider = "JSONExtractString(evidence, 'provider')";
    return this.statements.read<Alias & KnownChange>(
      `SELECT tenant, environment, ${provider} AS provider, model, JSONExtractString(evidence, 'signal') AS signal,
  toUnixTimestamp64Milli(time) AS sinceMs
FROM ml_model_events FINAL
WHERE event = 'silent_change' AND ${aliasesIn(aliases)}`,
    );
  }
}
