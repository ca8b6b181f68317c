import { createScreen } from './screen';

function record(isTTY: boolean, plain = false) {
  const written: string[] = [];
  let nowMs = 0;
  const terminal = { isTTY, columns: 10, write: (text: string) => written.push(text) };
  const screen = createScreen(terminal, { plain, clock: () => nowMs });
  return { screen, written, pass: (ms: number) => (nowMs += ms) };
}

test('redraws in place on a terminal and cuts lines that would wrap', () => {
  const { screen, written } = record(true);
  screen.show(['short', 'a line that is too long']);
  screen.show(['next']);
  expect(written).toEqual([
    '\u001b[2J\u001b[Hshort\u001b[K\na line th…\u001b[K\n\u001b[J',
    '\u001b[Hnext\u001b[K\n\u001b[J',
  ]);
});

test.each([
  [false, false],
  [true, true],
])('prints plain blocks now and then (terminal %s, NO_COLOR %s)', (isTTY, plain) => {
  const { screen, written, pass } = record(isTTY, plain);
  screen.show(['one, whole however long']);
  pass(1_000);
  screen.show(['two']);
  pass(4_000);
  screen.show(['three']);
  screen.show(['four'], true);
  expect(written).toEqual(['one, whole however long\n\n', 'three\n\n', 'four\n\n']);
});
