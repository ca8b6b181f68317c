import type { SpanView } from '../otlp/spanView';
import type { KeyPlan } from './keyPlan';
import { NO_CALL, type Operation, PREDICT } from './operations';
import { SpanEvents } from './spanEvents';
import { toldOperation } from './toldOperation';

export type View = SpanView<KeyPlan, KeyPlan, KeyPlan>;

const CLIENT = 3;

/**
 * What counts, as far as one span alone can say. In this order:
 * 1. A span that is a model call by its operation is one inference; its `ml.prediction` events tell the same call again.
 * 2. Each `ml.prediction` event is one, and then `ml.prediction.*` of the span is not told again.
 * 3. Predictions or features in the span's own `ml.*` attributes are one, whatever the span is else (a tool, an agent).
 * 4. A container with usage or a model is one rollup row, left out of every sum; the rollup pass may promote it.
 */
export class Recogniser {
  /** What the span is: a model call, a container, a prediction. */
  operation: Operation = NO_CALL;
  /** Whether the events of the span are the inferences. */
  isByEvents = false;
  /** How many inferences the span tells. */
  count = 0;
  readonly events = new SpanEvents();

  /** How many inferences the span tells. */
  recognise(view: View): number {
    return (this.count = this.countOf(view));
  }

  private countOf(view: View): number {
    const { plan } = view.attributes.shape;
    const { events } = this;
    events.scan(view);
    this.isByEvents = false;
    const operation = plan.isGenAi ? toldOperation(view.attributes, view.kind === CLIENT) : NO_CALL;
    this.operation = operation;
    if (operation.sort === 'leaf') return 1;
    if (events.predictions.length > 0) {
      this.operation = PREDICT;
      this.isByEvents = true;
      return events.predictions.length;
    }
    if (plan.isPrediction) {
      this.operation = PREDICT;
      return 1;
    }
    return operation.sort === 'container' && (plan.hasModel || plan.hasUsage) ? 1 : 0;
  }
}
