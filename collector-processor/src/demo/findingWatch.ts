import { messageOf } from '../core/errors';
import type { ClickHouseClient } from '@clickhouse/client';
import { findingLines } from './findingLines';
import { type Findings, matchFindings, readAlarms, readLooked } from './findings';
import type { DemoParts } from './runDemo';
import type { SenderStatus } from './senderMessages';

const WAITING = 'The monitor waits for the past to come in: 7 days for its baseline, 7 to look at.';

/** Follows what the monitor finds. */
export interface FindingWatch {
  /** Has the baselines made as soon as their days are in the store, and reads the alarms. */
  look(status: SenderStatus): Promise<void>;
  lines(status: SenderStatus): string[];
  /** Whether something was found since the last time this was asked. */
  news(): boolean;
}

export function createFindingWatch(
  { makeBaselines, startMonitor }: Pick<DemoParts, 'makeBaselines' | 'startMonitor'>,
  client: ClickHouseClient,
): FindingWatch {
  let making: Promise<void> | undefined;
  let made = false;
  let hours = 0;
  let problem: unknown;
  let findings: Findings = { found: [], others: [] };
  let [told, newest] = [0, 0];
  const begin = (range: { readonly fromMs: number; readonly toMs: number }): void => {
    making = makeBaselines(client, range).then(
      () => {
        made = true;
      },
      (error: unknown) => {
        problem = error;
        making = undefined;
      },
    );
  };
  return {
    async look({ history, planted }) {
      if (problem !== undefined) {
        const reason = problem;
        problem = undefined;
        throw new Error(messageOf(reason));
      }
      if (history?.reference !== undefined && making === undefined) begin(history.reference);
      if (!made || history?.state === 'sending') return;
      // Not before: hours that are not whole would be looked at again and again, and volumes judged with gaps in them.
      startMonitor();
      hours = await readLooked(client);
      findings = matchFindings(planted, await readAlarms(client));
      newest = findings.others.length + findings.found.filter(({ alarm }) => alarm).length;
    },
    lines: ({ history }) =>
      history === undefined
        ? []
        : made && history.state !== 'sending'
          ? findingLines(findings, hours)
          : [WAITING],
    news() {
      const isNews = newest > told;
      told = newest;
      return isNews;
    },
  };
}
