/** The vocabulary of redaction rules: what the configuration, the detectors and the counters have in common. */

/** What becomes of a value that a rule hits. `docs/redaction.md` shows each on an example. */
export const REDACT_ACTIONS = ['count', 'mask', 'hash', 'drop'] as const;
export type RedactAction = (typeof REDACT_ACTIONS)[number];

/** Where in a request a text or an attribute stands. A span's name and status message count as `span`. */
export const REDACT_CONTEXTS = [
  'resource',
  'scope',
  'span',
  'event',
  'link',
  'log',
  'metric',
  'point',
  'exemplar',
] as const;
export type RedactContext = (typeof REDACT_CONTEXTS)[number];

const KEYS_AND_TOKENS = [
  'private_key',
  'jwt',
  'anthropic_key',
  'openai_key',
  'aws_key',
  'github_token',
  'gitlab_token',
  'slack_token',
  'stripe_key',
  'google_key',
  'bearer_token',
  'url_password',
] as const;
const NATIONAL_IDS = [
  'it_codice_fiscale',
  'fr_nir',
  'de_tax_id',
  'br_cpf',
  'us_ssn',
  'uk_nino',
  'es_dni',
  'nl_bsn',
  'pl_pesel',
  'se_personnummer',
  'in_aadhaar',
] as const;

/** What detectors find. Of two that hit the same characters the earlier one of this list wins. */
export const REDACT_KINDS = [
  ...KEYS_AND_TOKENS,
  'iban',
  'email',
  'payment_card',
  ...NATIONAL_IDS,
  'phone',
  'ip',
] as const;
export type RedactKind = (typeof REDACT_KINDS)[number];

/** Names that stand for several kinds in `redact.rules[].detect`. */
export const REDACT_GROUPS = {
  all: REDACT_KINDS,
  keys: KEYS_AND_TOKENS,
  national_ids: NATIONAL_IDS,
} as const satisfies Record<string, readonly RedactKind[]>;
export type RedactGroup = keyof typeof REDACT_GROUPS;

/** The kind under which a rule by attribute name is counted. */
export const NAMED_KIND = 'attribute';

/** The attribute that says what was changed: kinds, sorted, with commas between them. */
export const REDACTED_ATTRIBUTE = 'plumbline.redacted';
