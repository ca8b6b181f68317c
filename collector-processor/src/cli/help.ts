import type { Command, Option } from './command';

const columns = (rows: readonly (readonly [string, string])[]): string[] => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
};

const optionText = (name: string, { short, value }: Option): string =>
  `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;

const optionSummary = (option: Option): string =>
  option.default === undefined ? option.summary : `${option.summary} (default ${option.default})`;

/** All commands. */
export const helpText = (commands: readonly Command[]): string =>
  [
    'Usage: plumbline <command> [options]',
    '',
    ...columns([
      ...commands.map(({ name, summary }) => [name, summary] as const),
      ['help', 'Show this, or the options of a command: plumbline help <command>'],
      ['version', 'Show the version'],
    ]),
  ].join('\n');

/** One command. */
export const commandHelpText = ({ name, summary, actions, argument, options }: Command): string =>
  [
    `Usage: plumbline ${name} ${[...(actions === undefined ? [] : [actions.join('|')]), ...(argument === undefined ? [] : [argument]), '[options]'].join(' ')}`,
    '',
    summary,
    '',
    ...columns(
      Object.entries(options).map(
        ([option, spec]) => [optionText(option, spec), optionSummary(spec)] as const,
      ),
    ),
  ].join('\n');
