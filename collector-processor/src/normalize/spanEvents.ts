import type { RecordKind } from '../core/mlRecord';
import type { SpanView } from '../otlp/spanView';
import type { KeyPlan } from './keyPlan';
import { RECORD_EVENTS } from './records/recordEvents';

type View = SpanView<KeyPlan, KeyPlan, KeyPlan>;

export const PREDICTION_EVENT = 'ml.prediction';
export const EXCEPTION_EVENT = 'exception';

/** Tags of `Span.Event`: time_unix_nano, name. */
const TIME = 9;
const NAME = 18;

/**
 * The events of a span by name, without opening them: most spans have none, and most events are exceptions with a stack
 * that nobody here reads.
 */
export class SpanEvents {
  /** Indexes of the events that are predictions. */
  readonly predictions: number[] = [];
  /** Events that tell a record about a prediction. */
  readonly records: { readonly index: number; readonly kind: RecordKind }[] = [];
  /** Index of the last exception, -1 without one. */
  exception = -1;

  scan(view: View): void {
    this.exception = -1;
    // Setting the length of an array is slow in V8 even if it is 0 already, and most spans have none of these.
    if (this.predictions.length > 0) this.predictions.length = 0;
    if (this.records.length > 0) this.records.length = 0;
    for (let index = 0; index < view.eventCount; index++) {
      const name = nameOf(view, index);
      if (name === PREDICTION_EVENT) this.predictions.push(index);
      else if (name === EXCEPTION_EVENT) this.exception = index;
      else {
        const kind = RECORD_EVENTS.get(name);
        if (kind !== undefined) this.records.push({ index, kind });
      }
    }
  }
}

/** The event's name: where SDKs write it, else by reading the whole event. */
function nameOf(view: View, index: number): string {
  const bytes = view.reader.bytes;
  let at = view.events[index * 2]!;
  const end = view.events[index * 2 + 1]!;
  if (bytes[at] === TIME) at += 9;
  const length = bytes[at + 1]!;
  if (bytes[at] === NAME && length < 128 && at + 2 + length <= end) {
    view.itemName.start = at + 2;
    view.itemName.end = at + 2 + length;
  } else view.openEvent(index);
  return view.text(view.itemName);
}
