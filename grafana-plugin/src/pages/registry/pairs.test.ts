import { readPairs, writePairs } from './pairs';

describe('pairs', () => {
  it('are read back as they were written, with any sign in the value', () => {
    const pairs = { Code: 'https://git.example/x?a=1', 'data set': 'v 2' };
    expect(readPairs(writePairs(pairs))).toEqual({ state: 'read', pairs });
    expect(readPairs('\n  a = b \n\n')).toEqual({ state: 'read', pairs: { a: 'b' } });
  });

  it.each(['no sign', '= value', 'name ='])('tells the line %j', (line) => {
    expect(readPairs(`a = b\n${line}`)).toEqual({ state: 'wrong', line });
  });
});
