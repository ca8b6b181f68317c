import type { OtlpRequest, Signal } from '../../../collector-processor/src/core/consumer';
import { createRedaction } from '../../../collector-processor/src/enrich/redact/redaction';
import type { RedactRule } from '../../../collector-processor/src/enrich/redact/rule';
import { createRecordingConsumer } from '../recordingConsumer';
import { traceRequestType } from '../otlpProto';

/** A decoded request as plain data. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const HASH_KEY = 'a key of sixteen';

const type = traceRequestType();
export const decode = (bytes: Uint8Array): Json =>
  type.toObject(type.decode(bytes), { longs: String, bytes: String, json: true });
export const encode = (plain: object): Uint8Array => type.encode(type.fromObject(plain)).finish();

/** What comes out behind the stage; undefined when it was refused. */
export function redact(
  bytes: Uint8Array,
  rules: readonly RedactRule[],
  { signal = 'traces', maxNesting = 32 }: { signal?: Signal; maxNesting?: number } = {},
) {
  const told: Record<string, number> = {};
  const next = createRecordingConsumer();
  const events = {
    valuesRedacted: ({
      kind,
      rule,
      action,
      n,
    }: {
      kind: string;
      rule: string;
      action: string;
      n: number;
    }) => {
      told[`${kind} ${rule} ${action}`] = n;
    },
  };
  const stage = createRedaction({ next, events }, { rules, hashKey: HASH_KEY, maxNesting });
  const request: OtlpRequest = { signal, bytes, tenant: 'default', receivedAtMs: 0 };
  const outcome = stage.consume(request, AbortSignal.timeout(1000));
  return { outcome, request, sent: next.requests[0], told };
}
