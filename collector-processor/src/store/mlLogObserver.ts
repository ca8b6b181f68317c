import type { OtlpRequest } from '../core/consumer';
import { Inference } from '../core/inference';
import type { RecordSink } from '../core/mlRecord';
import type { LogPlans, LogView } from '../otlp/logView';
import type { LogObserver } from './logBlock';
import type { Pricer } from './traceBlock';

/** Finds the inference and the records about predictions that a log record tells; `normalize/` is the implementation. */
export interface LogRecognizer<R, L, B> {
  readonly plans: LogPlans<R, L, B>;
  /** Whether the record tells an inference. */
  recognise(view: LogView<R, L, B>): boolean;
  /** Fills it; it was reset, tenant and time of receipt are set. */
  fill(view: LogView<R, L, B>, inference: Inference): void;
  /** Whether the record that was recognised last tells records about predictions. */
  hasRecords(view: LogView<R, L, B>): boolean;
  tellRecords(
    view: LogView<R, L, B>,
    receipt: Pick<OtlpRequest, 'tenant' | 'receivedAtMs'>,
    sink: RecordSink,
  ): void;
}

/** Keeps what log records tell of models in the `ml_*` tables, beside their way into `otel_logs`. */
export function createMlLogObserver<R, L, B>(
  recognizer: LogRecognizer<R, L, B>,
  pricer: Pricer,
): LogObserver<R, L, B> {
  const inference = new Inference();
  return {
    plans: recognizer.plans,
    record(view, request, block) {
      if (recognizer.recognise(view)) {
        inference.reset();
        inference.tenant = request.tenant;
        inference.receivedAtMs = request.receivedAtMs;
        recognizer.fill(view, inference);
        pricer.price(inference);
        block.ml.inferences.push(inference);
      }
      if (recognizer.hasRecords(view)) recognizer.tellRecords(view, request, block.ml.records);
    },
  };
}
