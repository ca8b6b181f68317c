import type { Detector } from '../detector';
import { TRAIT } from '../traits';

/** Length of an IBAN by country. Source: SWIFT, IBAN Registry (ISO 13616). */
const LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
    'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Where only digits stand behind the country code. Source: as above. */
const OF_DIGITS = /^(?:AT|BE|CZ|DE|DK|EE|ES|FI|HR|HU|LT|NO|PL|PT|SE|SI|SK)/;
const LEAST_DIGITS = 8;

/** Remainder 1 modulo 97 of the rearranged number, letters as 10 … 35. Source: ISO/IEC 7064 MOD 97-10, ISO 13616-1. */
function mod97(iban: string): number {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

const compact = (found: string): string => found.replace(/[ -]/g, '').toUpperCase();

/** By the check digits alone every hundredth id that has the right length by chance would be an account. */
function hasForm(number: string): boolean {
  const digits = number.slice(2).replace(/\D/g, '').length;
  return digits >= (OF_DIGITS.test(number) ? number.length - 2 : LEAST_DIGITS);
}

/** Where `length` characters of an IBAN end that may stand in groups of four; -1 when they are not there. */
function endAfter(text: string, at: number, length: number): number {
  let position = at;
  for (let count = 0; count < length; count++, position++) {
    if (count > 0 && count % 4 === 0 && /[ -]/.test(text[position] ?? '')) position++;
    if (!/[A-Za-z0-9]/.test(text[position] ?? '')) return -1;
  }
  return /\w/.test(text[position] ?? '') ? -1 : position;
}

/** IBANs in upper and lower case, in one piece or in groups of four: length of the country and check digits. */
export const iban: Detector = {
  kind: 'iban',
  trait: TRAIT.account,
  pattern: /(?<!\w)[A-Za-z]{2}[0-9]{2}(?=[ -]?[A-Za-z0-9]{4})/g,
  endOf(match, at, { text }) {
    const length = LENGTHS[match.slice(0, 2).toUpperCase()];
    const end = length === undefined ? -1 : endAfter(text, at, length);
    if (end < 0) return -1;
    const number = compact(text.slice(at, end));
    return hasForm(number) && mod97(number) === 1 ? end : -1;
  },
  canonical: compact,
};
