import { parseArgs } from 'node:util';
import { messageOf } from '../core/errors';
import { MISUSED, type Command, type Host, type Values } from './command';
import { commandHelpText, helpText } from './help';
import { readVersion } from './readVersion';

type Parsed = { readonly values: Values } | { readonly problem: string };

const parseArgument = ({ options, argument, name }: Command, args: readonly string[]): Parsed => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [word, ...more] = positionals;
  if (word === undefined || more.length > 0)
    return { problem: `plumbline ${name}: needs one ${argument}, not ${positionals.length}` };
  return { values: { ...values, argument: word } };
};

const parse = (command: Command, args: readonly string[]): Parsed => {
  const { options, actions, name } = command;
  try {
    if (command.argument !== undefined) return parseArgument(command, args);
    if (actions === undefined) return { values: parseArgs({ args: [...args], options }).values };
    const [action = '', ...rest] = args;
    if (!actions.includes(action))
      return { problem: `plumbline ${name}: needs one of ${actions.join(', ')}` };
    const { values } = parseArgs({ args: rest, options });
    return { values: { ...values, action } };
  } catch (error) {
    return { problem: messageOf(error) };
  }
};

const misuse = (host: Host, problem: string): number => {
  host.error(`${problem}\nTry: plumbline help`);
  return MISUSED;
};

const help = (commands: readonly Command[], name: string | undefined, host: Host): number => {
  const command = commands.find((candidate) => candidate.name === name);
  if (name !== undefined && command === undefined) return misuse(host, `unknown command: ${name}`);
  host.out(command ? commandHelpText(command) : helpText(commands));
  return 0;
};

/** Runs `plumbline <args>`; resolves to the exit code: 2 when the command line is wrong. */
export const runCli = async (
  args: readonly string[],
  commands: readonly Command[],
  host: Host,
): Promise<number> => {
  const [name, ...rest] = args;
  if (name === undefined) {
    host.error(helpText(commands));
    return MISUSED;
  }
  if (name === 'version' || name === '--version') {
    host.out(readVersion(host.readFile));
    return 0;
  }
  if (name === 'help' || name === '--help' || name === '-h') return help(commands, rest[0], host);
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) return misuse(host, `unknown command: ${name}`);
  if (rest.includes('--help') || rest.includes('-h')) return help(commands, name, host);
  const parsed = parse(command, rest);
  return 'problem' in parsed ? misuse(host, parsed.problem) : command.run(parsed.values, host);
};
