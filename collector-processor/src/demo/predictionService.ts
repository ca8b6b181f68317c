import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import type { Faults } from './faults';
import type { Ledger } from './ledger';
import type { ServedModel } from './models/servedModel';
import type { Random } from './random';
import type { TracedService } from './tracedService';

/** Median time in milliseconds that a prediction takes with its feature look-up, and the spread of its logarithm. */
export const PREDICTION_MS = 14;
export const PREDICTION_SPREAD = 0.45;
/** HTTP handling around the prediction. */
const HANDLING_MS = 2;

/** Answers one request that ends now: an HTTP server span with the prediction inside. */
export type Serve = (nowMs: number) => void;

export function createPredictionService(parts: {
  readonly model: ServedModel;
  readonly service: TracedService;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly told: Faults['told'];
}): Serve {
  const { model, service, ledger, random, told } = parts;
  const tracer = service.tracer(`${model.name}-service`, model.version);
  const http = {
    'http.request.method': 'POST',
    'http.route': model.route,
    'url.path': model.route,
    'url.scheme': 'http',
    'server.address': model.service,
    'http.response.status_code': 200,
  };
  return (nowMs) => {
    const tookMs = random.around(PREDICTION_MS, PREDICTION_SPREAD);
    const [answer] = model.predict([model.pick(nowMs, random.next())]);
    const server = tracer.startSpan(
      `POST ${model.route}`,
      { kind: SpanKind.SERVER, startTime: nowMs - tookMs - HANDLING_MS, attributes: http },
      ROOT_CONTEXT,
    );
    const prediction = tracer.startSpan(
      `predict ${model.name}`,
      { startTime: nowMs - tookMs - HANDLING_MS / 2, attributes: told(model.name, nowMs, answer!) },
      trace.setSpan(ROOT_CONTEXT, server),
    );
    prediction.end(nowMs - HANDLING_MS / 2);
    server.end(nowMs);
    ledger.inference(model.service, model.name);
  };
}
