/** @jest-environment node */
import { hiddenKinds, marksOf, toggleKind, whatText } from './marks';

const row = (kind: string, what: string) => ({ at_ms: '5', kind, what, version: '1', text: 'x' });

describe('marks', () => {
  it('are of a kind that is known, and say what happened', () => {
    const [deployed, alert, strange] = marksOf([
      row('deployment', 'deployed'),
      row('alert', 'firing'),
      row('?', 'moved'),
      { kind: 'alert', at_ms: null },
    ]);
    expect(deployed).toMatchObject({ timeMs: 5, kind: 'deployment' });
    expect(whatText(alert!)).toBe('Alert fires');
    expect(strange?.kind).toBe('other');
    expect(whatText(strange!)).toBe('moved');
  });

  it('are hidden and shown by kind, in an order that does not depend on the clicks', () => {
    expect(hiddenKinds('alert,deployment,nonsense')).toEqual(['deployment', 'alert']);
    expect(toggleKind(['alert'], 'deployment')).toBe('deployment,alert');
    expect(toggleKind(['deployment', 'alert'], 'alert')).toBe('deployment');
    expect(toggleKind(['alert'], 'alert')).toBe('');
  });
});
