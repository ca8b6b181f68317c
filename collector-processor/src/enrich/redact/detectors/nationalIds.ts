import type { RedactKind } from '../../../core/redaction';
import { hasWord, saysOtherNumber } from '../contextWords';
import { type Detector, digitsOf, whole } from '../detector';
import { TRAIT } from '../traits';
import * as checks from '../nationalChecks';

interface NationalId {
  readonly kind: RedactKind;
  readonly pattern: RegExp;
  /** Gets the number without separators, in upper case. */
  readonly valid: (compact: string) => boolean;
  /** Where the number alone proves too little: words of which one must be near. */
  readonly words?: RegExp;
  /** Spellings that need no word. */
  readonly plain?: RegExp;
}

const IDS: readonly NationalId[] = [
  {
    kind: 'it_codice_fiscale',
    pattern:
      /(?<!\w)[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-EHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z](?!\w)/g,
    valid: checks.codiceFiscale,
  },
  {
    kind: 'fr_nir',
    pattern:
      /(?<![\w.]|\w-)[12]([ .]?)\d{2}\1(?:0[1-9]|1[0-2]|[2-9]\d)\1(?:\d{2}|2[AB])\1\d{3}\1\d{3}[ .]?\d{2}(?!\w|[.-]\w)/g,
    valid: checks.nir,
  },
  {
    kind: 'de_tax_id',
    pattern: /(?<![\w.]|\w-)[1-9]\d(?: ?\d{3}){3}(?!\w|[.-]\w)/g,
    valid: checks.steuerId,
  },
  {
    kind: 'br_cpf',
    pattern: /(?<![\w.]|\w-)(?:\d{3}\.\d{3}\.\d{3}-\d{2}|\d{11})(?!\w|[.-]\w)/g,
    valid: checks.cpf,
    words: /cpf|cadastro de pessoas|contribuinte/,
    plain: /\./,
  },
  {
    kind: 'us_ssn',
    pattern: /(?<![\w.]|\w-)\d{3}([ -]?)\d{2}\1\d{4}(?!\w|[.-]\w)/g,
    valid: checks.ssn,
    words: /\bssn\b|social.?security|\bss ?#|\bsocial\b|tax ?payer id|\btin\b/,
    plain: /-/,
  },
  {
    kind: 'uk_nino',
    pattern: /(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)/g,
    valid: checks.nino,
    words: /nino\b|national insurance|\bni ?(?:number|no)/,
    plain: /^\S\S \d\d \d\d \d\d/,
  },
  {
    kind: 'es_dni',
    pattern: /(?<![\w.]|\w-)(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z](?!\w|-\w)/g,
    valid: checks.dni,
    words: /\bdni\b|\bnie\b|\bnif\b|documento|identidad|extranjero/,
    plain: /^[XYZ]/,
  },
  {
    kind: 'nl_bsn',
    pattern: /(?<![\w.]|\w-)\d{4}[ .]?\d{2}[ .]?\d{3}(?!\w|[.-]\w)/g,
    valid: checks.bsn,
    words: /\bbsn\b|burgerservice|\bsofi/,
  },
  {
    kind: 'pl_pesel',
    pattern: /(?<![\w.]|\w-)\d{11}(?!\w|[.-]\w)/g,
    valid: checks.pesel,
    words: /pesel/,
  },
  {
    kind: 'se_personnummer',
    pattern: /(?<![\w.]|\w-)(?:19|20)?\d{6}[-+]?\d{4}(?!\w|[.-]\w)/g,
    valid: checks.personnummer,
    words: /person ?nummer|personnr|\bpnr\b|samordningsnummer|social security/,
  },
  {
    kind: 'in_aadhaar',
    pattern: /(?<![\w.]|\w-)[2-9]\d{3}([ -]?)\d{4}\1\d{4}(?!\w|[ .-]\w*\d)/g,
    valid: checks.aadhaar,
    words: /aadha?ar|uidai|\buid\b/,
  },
];

/** Those that letters belong to. */
const LETTERED: readonly RedactKind[] = ['it_codice_fiscale', 'uk_nino', 'es_dni'];

/** National identity, tax and insurance numbers; `nationalChecks.ts` has the rules of each with their sources. */
export const nationalIds: readonly Detector[] = IDS.map(
  ({ kind, pattern, valid, words, plain }): Detector => ({
    kind,
    trait: LETTERED.includes(kind) ? TRAIT.code : TRAIT.number,
    pattern,
    endOf: whole((match, at, around) => {
      const compact = match.replace(/[ .+-]/g, '').toUpperCase();
      if (!valid(compact)) return false;
      const end = at + match.length;
      if (words !== undefined && hasWord(words, at, end, around)) return true;
      if (words !== undefined && plain?.test(match) !== true) return false;
      return !saysOtherNumber(at, around);
    }),
    canonical: (found) =>
      /[A-Z]/i.test(found) ? found.replace(/[ .-]/g, '').toUpperCase() : digitsOf(found),
  }),
);
