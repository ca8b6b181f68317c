import { ClickHouseError } from './clickHouseError';

export interface SlotSettings {
  readonly name: string;
  readonly concurrent: number;
  readonly waiting: number;
  readonly waitMs: number;
}

/** A bounded number of places, with a bounded queue of those who wait for one. */
export interface Slots {
  readonly running: number;
  readonly waiting: number;
  /**
   * Resolves with the function that gives the place back. Throws code 202 when the queue is full or the wait too long,
   * and code 236 when `gone` aborts first.
   */
  take(gone: AbortSignal): Promise<() => void>;
}

export function createSlots(settings: SlotSettings): Slots {
  const queue: (() => void)[] = [];
  let running = 0;

  const release = (): (() => void) => {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      // The place goes to the next one directly, so that no newcomer can take it in between.
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    };
  };

  const wait = (gone: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = (error: Error): void => {
        queue.splice(queue.indexOf(enter), 1);
        done();
        reject(error);
      };
      const onGone = (): void => {
        leave(goneAway());
      };
      const timer = setTimeout(() => {
        leave(tooMany(`no ${settings.name} slot became free in ${settings.waitMs} ms`));
      }, settings.waitMs);
      const done = (): void => {
        clearTimeout(timer);
        gone.removeEventListener('abort', onGone);
      };
      const enter = (): void => {
        done();
        resolve();
      };
      gone.addEventListener('abort', onGone);
      queue.push(enter);
    });

  const tooMany = (reason: string): ClickHouseError =>
    ClickHouseError.of(
      'TOO_MANY_SIMULTANEOUS_QUERIES',
      `Too many simultaneous requests: ${reason}. Running: ${running}, maximum: ${settings.concurrent}, waiting: ${queue.length}`,
    );

  return {
    get running() {
      return running;
    },
    get waiting() {
      return queue.length;
    },
    async take(gone) {
      if (gone.aborted) throw goneAway();
      if (running < settings.concurrent) {
        running += 1;
        return release();
      }
      if (queue.length >= settings.waiting)
        throw tooMany(`the queue for ${settings.name} slots is full`);
      await wait(gone);
      return release();
    },
  };
}

const goneAway = (): ClickHouseError =>
  ClickHouseError.of('ABORTED', 'The client went away before the statement began');
