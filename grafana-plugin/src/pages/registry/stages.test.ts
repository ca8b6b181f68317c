import { nextStage, rollbackTarget } from './stages';

const change = (version: string, to_stage: string) => ({ version, to_stage });

describe('rollbackTarget', () => {
  it('is the version that was in production before the one that is', () => {
    const changes = [
      change('3', 'production'),
      change('2', 'archived'),
      change('2', 'production'),
      change('1', 'archived'),
      change('1', 'production'),
    ];
    expect(rollbackTarget(changes)).toBe('2');
  });

  it('is none where nothing else was in production', () => {
    expect(rollbackTarget([])).toBeUndefined();
    expect(rollbackTarget([change('1', 'production'), change('2', 'staging')])).toBeUndefined();
  });
});

describe('nextStage', () => {
  it('goes up', () => {
    expect(['', 'development', 'staging', 'archived'].map(nextStage)).toEqual([
      'staging',
      'staging',
      'production',
      'production',
    ]);
  });
});
