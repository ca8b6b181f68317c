import { luhn } from './luhn';

/** Checks of national numbers; each gets the number without separators, in upper case. */

const digitAt = (text: string, index: number): number => text.charCodeAt(index) - 48;

const weighted = (text: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * digitAt(text, index), 0);

const isDay = (month: number, day: number): boolean =>
  month >= 1 &&
  month <= 12 &&
  day >= 1 &&
  day <= [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;

/**
 * US social security number: no area 000, 666 or 900 to 999, no group 00, no serial 0000, and none of the numbers that
 * were made void by being printed. Source: SSA, "Social Security Number Randomization" and POMS RM 10201.035.
 */
export const ssn = (id: string): boolean =>
  /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(id) &&
  !['078051120', '219099999', '123456789', '111111111', '222222222', '333333333'].includes(id);

/** UK National Insurance number: prefixes that are not given out. Source: HMRC, NIM39110. There is no check digit. */
export const nino = (id: string): boolean => !/^(?:BG|GB|KN|NK|NT|TN|ZZ)/.test(id);

/**
 * German tax identification number: among the first ten digits exactly one stands twice or thrice; check digit by
 * ISO/IEC 7064 MOD 11,10. Source: § 139b AO; Bundeszentralamt für Steuern, "Aufbau der IdNr".
 */
export function steuerId(id: string): boolean {
  const counts = new Array<number>(10).fill(0);
  for (let index = 0; index < 10; index++) counts[digitAt(id, index)]!++;
  const repeated = counts.filter((count) => count > 1);
  if (repeated.length !== 1 || repeated[0]! > 3) return false;
  let product = 10;
  for (let index = 0; index < 10; index++) {
    const sum = (digitAt(id, index) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === digitAt(id, 10);
}

/**
 * Spanish DNI and NIE: the letter is the number modulo 23; X, Y, Z of a NIE count as 0, 1, 2.
 * Source: Ministerio del Interior, "Cálculo del dígito de control del NIF/NIE".
 */
export function dni(id: string): boolean {
  const number = Number(
    id.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))),
  );
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === id.at(-1);
}

/** French NIR: 97 less the number modulo 97; Corsica's 2A and 2B count as 19 and 18. Source: INSEE, "Numéro d'inscription au répertoire". */
export function nir(id: string): boolean {
  const number = BigInt(id.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return 97n - (number % 97n) === BigInt(id.slice(13));
}

/** Values of characters at odd places, by digit and by letter. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
const ODD_LETTERS = [...ODD, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Italian codice fiscale: sum of place values modulo 26 is the last letter. Source: D.M. 23 December 1976, art. 6 f. */
export function codiceFiscale(id: string): boolean {
  let sum = 0;
  for (let index = 0; index < 15; index++) {
    const code = id.charCodeAt(index);
    const value = code >= 65 ? code - 65 : code - 48;
    sum += index % 2 === 1 ? value : (code >= 65 ? ODD_LETTERS : ODD)[value]!;
  }
  return (sum % 26) + 65 === id.charCodeAt(15);
}

/** Dutch BSN: the eleven test, 9 to 2 and -1 as weights. Source: Besluit bsn, art. 2; RvIG "Elfproef". */
export const bsn = (id: string): boolean =>
  id !== '000000000' && weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;

/** Brazilian CPF: two digits by weights 10 to 2 and 11 to 2 modulo 11. Source: Receita Federal, IN RFB 1548/2015. */
export function cpf(id: string): boolean {
  if (/^(\d)\1+$/.test(id)) return false;
  const check = (count: number): number => {
    const weights = Array.from({ length: count }, (_, index) => count + 1 - index);
    return ((weighted(id, weights) * 10) % 11) % 10;
  };
  return check(9) === digitAt(id, 9) && check(10) === digitAt(id, 10);
}

/**
 * Polish PESEL: weights 1 3 7 9, and a date of birth whose month tells the century (1800 + 80, 1900 + 0, 2000 + 20, …).
 * Source: ustawa o ewidencji ludności, art. 15.
 */
export const pesel = (id: string): boolean =>
  (weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) + digitAt(id, 10)) % 10 === 0 &&
  isDay(Number(id.slice(2, 4)) % 20, Number(id.slice(4, 6)));

/** Swedish personnummer: date of birth (day + 60: coordination number) and Luhn. Source: Folkbokföringslagen § 18; Skatteverket SKV 704. */
export function personnummer(id: string): boolean {
  const ten = id.slice(-10);
  const day = Number(ten.slice(4, 6));
  return (
    (id.length === 10 || id.length === 12) &&
    isDay(Number(ten.slice(2, 4)), day > 60 ? day - 60 : day) &&
    luhn(ten)
  );
}

/** Multiplication in the dihedral group of order ten: 0-4 turn, 5-9 turn and flip. */
const multiply = (a: number, b: number): number => {
  if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5);
  return b < 5 ? 5 + ((a - b + 10) % 5) : (a - b + 10) % 5;
};
const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** Indian Aadhaar: Verhoeff's check over twelve digits. Source: J. Verhoeff, "Error Detecting Decimal Codes" (1969); UIDAI numbering scheme. */
export function aadhaar(id: string): boolean {
  let check = 0;
  for (let fromRight = 0; fromRight < id.length; fromRight++) {
    let digit = digitAt(id, id.length - 1 - fromRight);
    for (let times = 0; times < fromRight % 8; times++) digit = PERMUTATION[digit]!;
    check = multiply(check, digit);
  }
  return check === 0 && !/^(\d{4})\1\1$/.test(id);
}
