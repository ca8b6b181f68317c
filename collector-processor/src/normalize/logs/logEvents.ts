import type { LogView } from '../../otlp/logView';
import { FIELD } from '../fields';
import type { KeyPlan } from '../keyPlan';
import { NO_CALL, type Operation } from '../operations';
import { firstText } from '../readField';
import { toldOperation } from '../toldOperation';

export type LogRecordView = LogView<KeyPlan, KeyPlan, KeyPlan>;

/** All that a call of a generative model was about, as a record beside its span. */
export const DETAILS_EVENT = 'gen_ai.client.inference.operation.details';

/** The name of the record's event, told in its own field or, before there was one, as `event.name`. */
export function eventNameOf(view: LogRecordView): string {
  const { eventName, attributes } = view;
  return eventName.start === eventName.end
    ? firstText(attributes, attributes.shape.plan, FIELD.eventName)
    : view.text(eventName);
}

/** Hex, empty when absent. */
export function idsOf(view: LogRecordView): { readonly traceId: string; readonly spanId: string } {
  const { traceIdAt, spanIdAt, reader } = view;
  return {
    traceId: traceIdAt < 0 ? '' : reader.bytes.toString('hex', traceIdAt, traceIdAt + 16),
    spanId: spanIdAt < 0 ? '' : reader.bytes.toString('hex', spanIdAt, spanIdAt + 8),
  };
}

/** The model call that a details record tells; none without the span it belongs to, for nobody could tell it from its span's. */
export function detailedOperation(view: LogRecordView): Operation {
  if (view.traceIdAt < 0 || view.spanIdAt < 0) return NO_CALL;
  const operation = toldOperation(view.attributes, true);
  return operation.sort === 'none' ? NO_CALL : operation;
}
