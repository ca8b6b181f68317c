/** @jest-environment node */
import { checkText, unitOf, violationText } from './checkTexts';

describe('checks in words', () => {
  it('are known, of a contract, or shown as they are called', () => {
    expect(violationText('not_finite', 'amount')).toBe('Not a finite number: amount');
    expect(violationText('duplicates', '')).toBe('Duplicates');
    expect(checkText('contract_range')).toBe('Contract: Out of range');
    expect(checkText('contract_odd')).toBe('Contract: odd');
    expect(checkText('odd')).toBe('odd');
  });

  it('have rates that are shares, but for rows and seconds', () => {
    expect(unitOf('missing')).toBe('share');
    expect(unitOf('volume')).toBe('rows');
    expect(unitOf('freshness')).toBe('seconds');
  });
});
