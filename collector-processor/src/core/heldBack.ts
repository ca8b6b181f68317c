import type { Component } from './component';

/** A part that starts when `until` resolves, unless it was stopped before: its own `start()` waits for nothing. */
export function heldBack(component: Component, until: Promise<unknown>): Component {
  let stopped = false;
  let starting: Promise<void> = Promise.resolve();
  return {
    start() {
      void until.then(() => {
        if (!stopped) starting = component.start();
      });
      return Promise.resolve();
    },
    async stop(deadline) {
      stopped = true;
      await starting;
      await component.stop(deadline);
    },
  };
}
