import { hasWord, saysOtherNumber } from '../contextWords';
import { type Detector, digitsOf, whole } from '../detector';
import { TRAIT } from '../traits';

/** Country codes of one to three digits. Source: ITU-T E.164, annex "List of assigned country codes". */
const COUNTRY =
  /^(?:1|7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-69]\d|3[578]\d|42\d|5[09]\d|6[789]\d|8[058]\d|9[679]\d)/;
const WORDS =
  /phone|mobile|\bcell\b|cellular|\btel\b|telefon|telefono|tel[eé]fono|t[eé]l[eé]phone|handy|m[oó]vil|fax|msisdn|whats ?app|\bsms\b|\bcall|dial|ring me|reach (?:me|us|him|her)|rufnummer|hotline/;

/** North American numbers: area and exchange code start with 2 to 9. Source: North American Numbering Plan. */
const isNorthAmerican = (ten: string): boolean => /^[2-9]\d{2}[2-9]\d{6}$/.test(ten);

function isInternational(digits: string): boolean {
  if (digits.length < 8 || digits.length > 15 || !COUNTRY.test(digits)) return false;
  return !digits.startsWith('1') || (digits.length === 11 && isNorthAmerican(digits.slice(1)));
}

function isNational(match: string, digits: string): boolean {
  if (digits.length < 9 || digits.length > 12) return false;
  if (digits.length === 10 && !digits.startsWith('0')) {
    return isNorthAmerican(digits) || /^[6-9]/.test(digits);
  }
  if (digits.length === 11 && digits.startsWith('1')) return isNorthAmerican(digits.slice(1));
  return (
    digits.startsWith('0') || (digits.length === 9 && /^[6-9]/.test(digits) && !match.includes('/'))
  );
}

/**
 * Phone numbers: international ones (E.164, `+` or `00`), `(415) 555-2671`, and national ones (trunk prefix 0, North
 * America, mobile numbers of nine and ten digits) where a word like phone, call or Telefon is near.
 */
export const phone: Detector = {
  kind: 'phone',
  trait: TRAIT.number,
  pattern:
    /(?<![\w.+-]|\d[ /])(?:(?:\+|00)[1-9](?:\d{6,14}|\d{0,5}(?:[ .-]?\(0?\d{1,4}\))?(?:[ ./-]\d{1,8}){1,6})|\(\d{2,5}\) ?\d{2,8}(?:[ .-]\d{2,5}){0,3}|\d{2,5}(?:[ ./-]\d{2,8}){1,4}|\d{9,12})(?!\w|[.-]\d)/g,
  endOf: whole((match, at, around) => {
    const digits = digitsOf(match);
    const end = at + match.length;
    if (match.startsWith('+')) return isInternational(digits.replace(/^(\d{2,3})0(?=\d{8})/, '$1'));
    if (/^\(\d{3}\) ?\d{3}-\d{4}$/.test(match) && isNorthAmerican(digits)) return true;
    if (saysOtherNumber(at, around) || !hasWord(WORDS, at, end, around)) return false;
    return match.startsWith('00') ? isInternational(digits.slice(2)) : isNational(match, digits);
  }),
  canonical: (found) => digitsOf(found).replace(/^00/, ''),
};
