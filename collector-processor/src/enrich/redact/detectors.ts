import { REDACT_KINDS, type RedactKind } from '../../core/redaction';
import type { Detector } from './detector';
import { email } from './detectors/email';
import { iban } from './detectors/iban';
import { ip } from './detectors/ip';
import { keys } from './detectors/keys';
import { nationalIds } from './detectors/nationalIds';
import { paymentCard } from './detectors/paymentCard';
import { phone } from './detectors/phone';
import { bearerToken, jwt, privateKey, urlPassword } from './detectors/secrets';

const ALL: readonly Detector[] = [
  privateKey,
  jwt,
  ...keys,
  bearerToken,
  urlPassword,
  iban,
  email,
  paymentCard,
  ...nationalIds,
  phone,
  ip,
];

/** The detectors of these kinds, those first that win where two hit the same characters. */
export const detectorsOf = (kinds: ReadonlySet<RedactKind>): readonly Detector[] =>
  REDACT_KINDS.flatMap((kind) =>
    kinds.has(kind) ? ALL.filter((detector) => detector.kind === kind) : [],
  );
