import type { Instruments } from '../instruments';

/** What happens to the child process of the embedded engine. */
export type EngineChange =
  | {
      readonly name: 'started';
      readonly pid: number;
      readonly url: string;
      readonly version: string;
      readonly tookMs: number;
    }
  | {
      readonly name: 'exited';
      readonly pid: number;
      readonly code: number | null;
      readonly signal: string | null;
      readonly output: string;
    }
  | {
      readonly name: 'restarting';
      readonly inMs: number;
      readonly attempt: number;
      readonly reason: string;
    }
  | { readonly name: 'stopped'; readonly killed: boolean };

const LINES = {
  started: ['info', 'the embedded engine runs'],
  exited: ['error', 'the embedded engine ended'],
  restarting: ['warn', 'restarting the embedded engine'],
  stopped: ['info', 'stopped the embedded engine'],
} as const;

/** The embedded ClickHouse child process. */
export const createEngineEvents = (instruments: Instruments) => {
  const up = instruments.gauge('plumbline_engine_up', '1 while the embedded engine runs.', []);
  const changes = instruments.counter(
    'plumbline_engine_changes_total',
    'Starts, exits, restarts and stops of the embedded engine.',
    ['change'],
  );
  return {
    engineChanged: (change: EngineChange): void => {
      const { name, ...fields } = change;
      if (name !== 'restarting') up.set(name === 'started' ? 1 : 0);
      changes.inc({ change: name });
      const [level, message] = LINES[name];
      // It ends with 0 when we asked it to.
      const asked = change.name === 'exited' && change.code === 0;
      instruments.log(
        asked ? 'info' : level,
        'engineChanged',
        { change: name, ...fields },
        message,
      );
    },
  };
};
