import { SIGNAL_KEYS, type SpanSignal } from '../core/spanSignal';
import type { Shape } from '../otlp/shapeTrie';
import { type Added, AddedKeys } from './native/attributeMap';

const SIGNAL = new AddedKeys(SIGNAL_KEYS);
const NO_KEYS = new AddedKeys([]);
/** Keys of a signal behind others, made once each: what orders them is worked out per shape. */
const together = new WeakMap<AddedKeys, readonly AddedKeys[]>();

/** The same keys with the first `count` of a signal's behind them. */
function withSignalKeys(keys: AddedKeys, count: number): AddedKeys {
  let made = together.get(keys);
  if (made === undefined) {
    made = SIGNAL_KEYS.map(
      (_, last) => new AddedKeys([...keys.keys, ...SIGNAL_KEYS.slice(0, last + 1)]),
    );
    together.set(keys, made);
  }
  return made[count - 1]!;
}

/** Whether a span may be told a signal: nothing that a service, or another Plumbline, said of it is overwritten. */
export const mayTellSignal = (shape: Shape<unknown>): boolean => SIGNAL.orderWith(shape) !== null;

/** Adds a signal to what a span gets; `hasOthers` false: nothing else is added to it. */
export function addSignal(added: Added, { texts }: SpanSignal, hasOthers: boolean): void {
  const keys = hasOthers ? added.keys : NO_KEYS;
  const before = keys.keys.length;
  for (let i = 0; i < texts.length; i++) added.texts[before + i] = texts[i]!;
  added.keys = withSignalKeys(keys, texts.length);
}
