import type { Signal } from '../../core/consumer';
import type { RedactAction, RedactContext, RedactKind } from '../../core/redaction';

/** One rule of the configuration, checked: either `attributes` or `detect` is there. */
export interface RedactRule {
  readonly name: string;
  /** Names of attributes; `*` stands for any characters. Upper and lower case are the same. */
  readonly attributes?: readonly string[] | undefined;
  readonly detect?: readonly RedactKind[] | undefined;
  /** Undefined: all. */
  readonly signals?: readonly Signal[] | undefined;
  readonly contexts?: readonly RedactContext[] | undefined;
  readonly action: RedactAction;
}

/** Whether a rule holds in a place. */
export const holdsIn = (
  { signals, contexts }: RedactRule,
  signal: Signal,
  context: RedactContext,
): boolean => (signals?.includes(signal) ?? true) && (contexts?.includes(context) ?? true);

/** An attribute name with `*` as a test. */
export function nameTest(glob: string): (name: string) => boolean {
  const parts = glob.toLowerCase().split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return (name) => name === first;
  const inner = parts.slice(1, -1);
  return (name) => {
    if (name.length < first.length + last.length) return false;
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    let from = first.length;
    for (const part of inner) {
      const at = name.indexOf(part, from);
      if (at < 0) return false;
      from = at + part.length;
    }
    return from <= name.length - last.length;
  };
}
