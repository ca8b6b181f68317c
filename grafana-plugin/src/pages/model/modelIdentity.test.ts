/** @jest-environment node */
import { askedModelIn, knownModelOf, modelVersionOf } from './modelIdentity';

const version = (tenant: string, environment: string, name: string) =>
  modelVersionOf({ tenant, environment, version: name, last_seen_ms: '1700000000000' });

const VERSIONS = [
  version('a', 'prod', '2'),
  version('a', 'prod', '1'),
  version('a', '', '1'),
  version('b', 'dev', '1'),
];
const asked = (search: string) => ({ ...askedModelIn(search), model: 'm' });

describe('the model that the address names', () => {
  it('is null where it names none, and any text else', () => {
    expect(askedModelIn('').model).toBeNull();
    expect(askedModelIn('?var-model=a%2Fb%27&var-tenant=t')).toEqual({
      tenant: 't',
      environment: '',
      model: "a/b'",
    });
  });

  it('has the versions of its tenant and environment only', () => {
    const { identity, versions } = knownModelOf(
      asked('?var-tenant=a&var-environment=prod'),
      VERSIONS,
    );
    expect(identity).toEqual({ tenant: 'a', environment: 'prod', model: 'm' });
    expect(versions.map((one) => one.version)).toEqual(['2', '1']);
    expect(versions[0]?.lastSeenMs).toBe(1_700_000_000_000);
  });

  it('takes an empty environment at its word where there is one, else the one seen last', () => {
    expect(
      knownModelOf(asked('?var-tenant=a&var-environment='), VERSIONS).identity.environment,
    ).toBe('');
    expect(knownModelOf(asked('?var-tenant=b'), VERSIONS).identity).toMatchObject({
      tenant: 'b',
      environment: 'dev',
    });
  });

  it('stays as it was asked for when telemetry never told of it', () => {
    const { identity, versions } = knownModelOf(asked('?var-tenant=c&var-environment=x'), VERSIONS);
    expect(identity).toEqual({ tenant: 'c', environment: 'x', model: 'm' });
    expect(versions).toEqual([]);
  });
});
