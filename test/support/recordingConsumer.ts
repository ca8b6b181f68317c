import type { Consumer, OtlpRequest } from '../../collector-processor/src/core/consumer';
import type { Outcome } from '../../collector-processor/src/core/outcome';
import { traceRequestType } from './otlpProto';

export interface DecodedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly attributes: readonly { key: string; value: Record<string, unknown> }[];
}

interface DecodedRequest {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly DecodedSpan[] }[];
  }[];
}

/** Takes requests, remembers them and answers as it was told. */
export interface RecordingConsumer extends Consumer {
  readonly requests: readonly OtlpRequest[];
  /** Signals of the deadlines, one per request. */
  readonly deadlines: readonly AbortSignal[];
  /** The spans of all requests as protobufjs reads them: ids in base64, 64-bit integers as decimal strings. */
  spans(): DecodedSpan[];
}

const ACCEPTED: Outcome = { status: 'accepted', rejected: 0 };

/** `answer` is called for each request; a throw of it is a throw of the consumer. */
export function createRecordingConsumer(
  answer: (request: OtlpRequest, deadline: AbortSignal) => Outcome | Promise<Outcome> = () =>
    ACCEPTED,
): RecordingConsumer {
  const requests: OtlpRequest[] = [];
  const deadlines: AbortSignal[] = [];
  return {
    requests,
    deadlines,
    async consume(request, deadline) {
      requests.push(request);
      deadlines.push(deadline);
      return answer(request, deadline);
    },
    spans() {
      const type = traceRequestType();
      const options = { longs: String, bytes: String, defaults: true, arrays: true };
      return requests.flatMap(({ bytes }) => {
        const request = type.toObject(type.decode(bytes), options) as DecodedRequest;
        return request.resourceSpans.flatMap((resource) =>
          resource.scopeSpans.flatMap((scope) => scope.spans),
        );
      });
    },
  };
}
