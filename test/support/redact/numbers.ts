import type { Prng } from '../payloads/prng';

/** Makers of valid numbers, written apart from the product's checks: each tries check characters until its own rule holds. */

export const digits = (random: Prng, length: number): string =>
  Array.from({ length }, () => String(random.below(10))).join('');

export const letters = (random: Prng, length: number, from: string): string =>
  Array.from({ length }, () => from[random.below(from.length)]!).join('');

const sumOf = (text: string, weigh: (digit: number, index: number) => number): number =>
  Array.from(text).reduce((sum, character, index) => sum + weigh(Number(character), index), 0);

/** The digit that makes `head` pass Luhn: from its last digit on, every second one counts by the doubled table. */
function luhnDigit(head: string): string {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
  const last = head.length - 1;
  const sum = sumOf(head, (digit, index) => ((last - index) % 2 === 0 ? doubled[digit]! : digit));
  return String((10 - (sum % 10)) % 10);
}

const CARDS = [
  ['4', 16],
  ['51', 16],
  ['55', 16],
  ['2345', 16],
  ['34', 15],
  ['37', 15],
  ['6011', 16],
  ['3530', 16],
  ['36', 14],
  ['621234', 16],
] as const;

export function card(random: Prng): string {
  const [start, length] = random.pick(CARDS);
  const head = start + digits(random, length - start.length - 1);
  return head + luhnDigit(head);
}

const IBANS: readonly (readonly [string, (random: Prng) => string])[] = [
  ['DE', (random) => digits(random, 18)],
  ['FR', (random) => digits(random, 23)],
  ['GB', (random) => letters(random, 4, 'ABDKLNW') + digits(random, 14)],
  ['NL', (random) => letters(random, 4, 'ABINRGO') + digits(random, 10)],
  ['ES', (random) => digits(random, 20)],
  ['IT', (random) => letters(random, 1, 'XKQ') + digits(random, 22)],
  ['NO', (random) => digits(random, 11)],
  ['CH', (random) => digits(random, 17)],
];

export function iban(random: Prng): string {
  const [country, make] = random.pick(IBANS);
  const account = make(random);
  const number = Array.from(`${account}${country}00`)
    .map((character) => String(parseInt(character, 36)))
    .join('');
  const check = 98n - (BigInt(number) % 97n);
  return country + String(check).padStart(2, '0') + account;
}

export const dni = (random: Prng): string => {
  const number = digits(random, 8);
  return number + 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23]!;
};

export const nir = (random: Prng): string => {
  const head = `${1 + random.below(2)}${digits(random, 2)}0${1 + random.below(9)}${digits(random, 8)}`;
  return head + String(97n - (BigInt(head) % 97n)).padStart(2, '0');
};

export function bsn(random: Prng): string {
  for (;;) {
    const id = `${1 + random.below(9)}${digits(random, 8)}`;
    const sum = sumOf(id, (digit, index) => digit * (index === 8 ? -1 : 9 - index));
    if (sum % 11 === 0) return id;
  }
}

export function cpf(random: Prng): string {
  const head = digits(random, 9);
  const next = (text: string): string => {
    const sum = sumOf(text, (digit, index) => digit * (text.length + 1 - index));
    return text + String(sum % 11 < 2 ? 0 : 11 - (sum % 11));
  };
  return next(next(head));
}

const birthDay = (random: Prng): string =>
  `${digits(random, 1)}${digits(random, 1)}0${1 + random.below(9)}${10 + random.below(18)}`;

export function pesel(random: Prng): string {
  const head = birthDay(random) + digits(random, 4);
  const sum = sumOf(head, (digit, index) => (digit * [1, 3, 7, 9][index % 4]!) % 10);
  return head + String((10 - (sum % 10)) % 10);
}

export const personnummer = (random: Prng): string => {
  const head = birthDay(random) + digits(random, 3);
  return `${head.slice(0, 6)}-${head.slice(6)}${luhnDigit(head)}`;
};

/** Ten digits of which one stands twice, and the check digit of ISO/IEC 7064 MOD 11,10. */
export function steuerId(random: Prng): string {
  const pool = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'].toSorted(
    () => random.unit() - 0.5,
  );
  pool[9] = pool[random.below(9)]!;
  if (pool[0] === '0') [pool[0], pool[1]] = [pool[1]!, pool[0]];
  if (pool[0] === '0') [pool[0], pool[2]] = [pool[2]!, pool[0]];
  const head = pool.join('');
  let product = 10;
  for (const digit of head) product = (((Number(digit) + product) % 10 || 10) * 2) % 11;
  return head + String((11 - product) % 10);
}

const D5 = [
  '0123456789', '1234067895', '2340178956', '3401289567', '4012395678',
  '5987604321', '6598710432', '7659821043', '8765932104', '9876543210',
]; // prettier-ignore
const P8 = [
  '0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258',
]; // prettier-ignore

/** By Verhoeff's published tables. */
export function aadhaar(random: Prng): string {
  const head = `${2 + random.below(8)}${digits(random, 10)}`;
  for (let check = 0; ; check++) {
    const id = head + String(check);
    let state = 0;
    for (const [index, digit] of Array.from(id).toReversed().entries()) {
      state = Number(D5[state]![Number(P8[index % 8]![Number(digit)])]);
    }
    if (state === 0) return id;
  }
}

const ODD = 'BAKPLCQDREVOSFTGUHMINJWZYX';

/** By the table of letters that stand for the values of odd places. */
export function codiceFiscale(random: Prng): string {
  const head =
    letters(random, 6, 'BCDFGLMNPRSTV') +
    digits(random, 2) +
    letters(random, 1, 'ABCDEHLMPRST') +
    String(10 + random.below(20)) +
    letters(random, 1, 'ABCDEFGHIL') +
    digits(random, 3);
  let sum = 0;
  for (const [index, character] of Array.from(head).entries()) {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    sum += index % 2 === 1 ? value : ODD.indexOf(String.fromCharCode(65 + value));
  }
  return head + String.fromCharCode(65 + (sum % 26));
}
