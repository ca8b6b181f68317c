const DIGITS = 9;
const SCALE = 10n ** BigInt(DIGITS);

/** Billionths (a whole number) as the text of a Decimal(18, 9), exact. */
export function decimalOfNano(nano: number): string {
  const whole = BigInt(nano);
  const fraction = (whole % SCALE).toString().padStart(DIGITS, '0');
  return `${(whole / SCALE).toString()}.${fraction}`;
}

/** The text of a Decimal with at most nine decimals, not negative, as billionths. */
export function nanoOfDecimal(text: string): number {
  const [whole = '0', fraction = ''] = text.split('.');
  return Number(BigInt(whole) * SCALE + BigInt(fraction.padEnd(DIGITS, '0')));
}
