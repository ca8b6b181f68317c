import { hasWord, saysOtherNumber } from '../contextWords';
import { type Detector, digitsOf, whole } from '../detector';
import { luhn } from '../luhn';
import { TRAIT } from '../traits';

interface Issuer {
  readonly from: number;
  readonly to: number;
  readonly lengths: readonly number[];
}

/**
 * Ranges of the first six digits with the lengths of the numbers, as the schemes publish them for merchants (Visa,
 * Mastercard, American Express, Discover, Diners Club, JCB, UnionPay, Maestro); ISO/IEC 7812-1 defines the structure.
 */
const ISSUERS: readonly Issuer[] = [
  { from: 400000, to: 499999, lengths: [13, 16, 19] },
  { from: 510000, to: 559999, lengths: [16] },
  { from: 222100, to: 272099, lengths: [16] },
  { from: 340000, to: 349999, lengths: [15] },
  { from: 370000, to: 379999, lengths: [15] },
  { from: 601100, to: 601199, lengths: [16, 19] },
  { from: 644000, to: 659999, lengths: [16, 19] },
  { from: 300000, to: 305999, lengths: [14] },
  { from: 360000, to: 369999, lengths: [14] },
  { from: 380000, to: 399999, lengths: [14] },
  { from: 352800, to: 358999, lengths: [16] },
  { from: 620000, to: 629999, lengths: [16, 17, 18, 19] },
  { from: 500000, to: 509999, lengths: [16, 18, 19] },
  { from: 560000, to: 589999, lengths: [16, 18, 19] },
  { from: 630400, to: 630499, lengths: [16, 18, 19] },
  { from: 675900, to: 676399, lengths: [16, 18, 19] },
];
const CARD_WORDS =
  /card|credit|debit|visa|master ?card|amex|american express|maestro|diners|discover|jcb|union ?pay|\bpan\b|payment|karte|tarjeta|carte/;

const knownIssuer = (digits: string): boolean => {
  const head = Number(digits.slice(0, 6));
  return ISSUERS.some(
    ({ from, to, lengths }) => head >= from && head <= to && lengths.includes(digits.length),
  );
};

/** Card numbers: range and length of an issuer, and the Luhn check digit. Masked: `****` and the last four digits. */
export const paymentCard: Detector = {
  kind: 'payment_card',
  trait: TRAIT.number,
  pattern:
    /(?<![\w.]|\w-)(?:\d{13,19}|\d{4}([ .-])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5}|\d{4}([ -])\d{4}\3\d{4}\3\d{4}\3\d{3})(?!\w|[.-]\w)/g,
  endOf: whole((match, at, around) => {
    const digits = digitsOf(match);
    if (!knownIssuer(digits) || !luhn(digits) || /^(\d)\1+$/.test(digits)) return false;
    return !saysOtherNumber(at, around) || hasWord(CARD_WORDS, at, at + match.length, around);
  }),
  canonical: digitsOf,
  mask: (found) => `****${digitsOf(found).slice(-4)}`,
};
