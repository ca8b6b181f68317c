/** @jest-environment node */
import { LoadingState } from '@grafana/data';
import { panelFailure } from './panelFailure';

describe('the failure of a panel', () => {
  it('is what the queries said, each once', () => {
    const errors = [
      { message: 'Code: 60' },
      { data: { message: 'Code: 47' } },
      { message: 'Code: 60' },
    ];
    expect(panelFailure({ state: LoadingState.Error, errors })).toBe('Code: 60\nCode: 47');
  });

  it('is one also where nobody said why, and where only one of several queries failed', () => {
    expect(panelFailure({ state: LoadingState.Error })).toBe('');
    expect(panelFailure({ state: LoadingState.Done, errors: [{ message: 'x' }] })).toBe('x');
  });

  it('is none when the queries are done or under way', () => {
    expect(panelFailure({ state: LoadingState.Done })).toBeUndefined();
    expect(panelFailure({ state: LoadingState.Loading, errors: [] })).toBeUndefined();
  });
});
