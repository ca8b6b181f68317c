import { EventEmitter } from 'node:events';
import { watchForEnd } from './endWatch';

function world() {
  const emitter = new EventEmitter();
  const exits: number[] = [];
  let nowMs = 0;
  const signals = Object.assign(emitter, { exit: (code: number) => exits.push(code) });
  const watch = watchForEnd(signals, () => nowMs);
  return { watch, signals, exits, pass: (ms: number) => (nowMs += ms) };
}

test('the first reason ends it', async () => {
  const { watch, signals } = world();
  watch.death('the services ended');
  signals.emit('SIGINT');
  await expect(watch.ended).resolves.toEqual({ by: 'death', reason: 'the services ended' });
  watch.close();
  expect(signals.listenerCount('SIGINT')).toBe(0);
});

test('its time ends it', async () => {
  const { watch } = world();
  watch.endAfter(5);
  await expect(watch.ended).resolves.toEqual({ by: 'time' });
  watch.close();
});

test('an echo of the first signal is ignored, a second signal ends at once', async () => {
  const { watch, signals, exits, pass } = world();
  signals.emit('SIGINT');
  pass(100);
  signals.emit('SIGINT');
  expect(exits).toEqual([]);
  pass(1_000);
  signals.emit('SIGTERM');
  expect(exits).toEqual([130]);
  await expect(watch.ended).resolves.toEqual({ by: 'signal' });
  watch.close();
});
