/**
 * The Luhn check: every second digit from the right doubled, 9 taken off above 9, sum divisible by 10.
 * Source: ISO/IEC 7812-1, annex B; US patent 2,950,048.
 */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = digits.charCodeAt(digits.length - 1 - fromRight) - 48;
    const doubled = fromRight % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
