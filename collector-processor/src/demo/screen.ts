/** The part of a terminal stream that a screen needs; `process.stdout` is one. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Screen {
  /** Shows these lines instead of the last ones. Where lines cannot be replaced, only now and then or when `due`. */
  show(lines: readonly string[], due?: boolean): void;
  /** Writes lines that stay. */
  print(lines: readonly string[]): void;
}

/** Without a terminal the view is printed this often, milliseconds. */
const PLAIN_EVERY_MS = 5_000;
const HOME = '\u001b[H';
const CLEAR_LINE_END = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';
const CLEAR_ALL = '\u001b[2J';

/** A line longer than the terminal would wrap and push the others off their places; copying needs the whole command. */
const fit = (line: string, columns: number): string =>
  line.length <= columns || line.startsWith('Try:') ? line : `${line.slice(0, columns - 1)}…`;

/**
 * Redraws in place on a terminal; prints blocks of plain lines where there is none, or where NO_COLOR asks for plain
 * text.
 */
export function createScreen(
  terminal: Terminal,
  settings: { readonly plain: boolean; readonly clock: () => number },
): Screen {
  const live = terminal.isTTY === true && !settings.plain;
  let drawn = false;
  let lastMs = -Infinity;
  const write = (lines: readonly string[]): void => {
    terminal.write(lines.map((line) => `${line}\n`).join(''));
  };
  return {
    show(lines, due = false) {
      if (live) {
        // Some terminals say that they have no columns: then nothing is cut.
        const columns = terminal.columns === 0 ? Infinity : (terminal.columns ?? Infinity);
        const body = lines.map((line) => `${fit(line, columns)}${CLEAR_LINE_END}\n`).join('');
        terminal.write(`${drawn ? '' : CLEAR_ALL}${HOME}${body}${CLEAR_BELOW}`);
        drawn = true;
        return;
      }
      const nowMs = settings.clock();
      if (!due && nowMs - lastMs < PLAIN_EVERY_MS) return;
      lastMs = nowMs;
      write([...lines, '']);
    },
    print: write,
  };
}
