import { createTokenAuthenticator } from './tokens';

const senderOf = (authorization: string | undefined, tokens: readonly [string, string][]) =>
  createTokenAuthenticator(tokens.map(([token, tenant]) => ({ token, tenant })))((name) =>
    name === 'authorization' ? authorization : undefined,
  );
const TOKENS: [string, string][] = [
  ['alpha', 'a'],
  ['beta', 'b'],
];

test.each([
  ['Bearer alpha', 'a'],
  ['bearer  beta ', 'b'],
  ['Bearer alph', undefined],
  ['Bearer alphaa', undefined],
  ['Bearer alpha beta', undefined],
  ['alpha', undefined],
  ['Basic alpha', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s', (authorization, tenant) => {
  expect(senderOf(authorization, TOKENS)?.tenant).toBe(tenant);
});

test('without tokens everyone is the tenant default', () => {
  expect(senderOf(undefined, [])).toEqual({ tenant: 'default' });
  expect(senderOf('Bearer anything', [])).toEqual({ tenant: 'default' });
});
