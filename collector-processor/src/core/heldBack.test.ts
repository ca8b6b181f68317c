import { heldBack } from './heldBack';

const deadline = new AbortController().signal;

function recorded() {
  const calls: string[] = [];
  const component = {
    start: () => Promise.resolve(void calls.push('start')),
    stop: () => Promise.resolve(void calls.push('stop')),
  };
  return { calls, component };
}

test('starts when it is let go, and stops what runs', async () => {
  const { calls, component } = recorded();
  let letGo: () => void = () => undefined;
  const held = heldBack(
    component,
    new Promise<void>((resolve) => {
      letGo = resolve;
    }),
  );
  await held.start();
  expect(calls).toEqual([]);
  letGo();
  await Promise.resolve();
  expect(calls).toEqual(['start']);
  await held.stop(deadline);
  expect(calls).toEqual(['start', 'stop']);
});

test('never starts after it was stopped', async () => {
  const { calls, component } = recorded();
  let letGo: () => void = () => undefined;
  const held = heldBack(
    component,
    new Promise<void>((resolve) => {
      letGo = resolve;
    }),
  );
  await held.start();
  await held.stop(deadline);
  letGo();
  await new Promise((resolve) => setImmediate(resolve));
  expect(calls).toEqual(['stop']);
});
