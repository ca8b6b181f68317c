/** @jest-environment node */
import { modelVersionOf } from './modelIdentity';
import { registeredOf } from './registered';

const newest = modelVersionOf({
  version: '2',
  stage: 'production',
  owner: 'telemetry',
  team: 'risk',
});

describe('what the header says', () => {
  it('takes the version before the model, and people before telemetry', () => {
    const rows = [
      {
        version: '',
        owner: 'ann',
        description: 'all',
        links_json: '{"card":"https://a","code":"https://b"}',
      },
      { version: '2', owner: 'bob', description: '', links_json: '{"card":"https://c"}' },
    ];
    expect(registeredOf(rows, newest)).toEqual({
      stage: 'production',
      owner: 'bob',
      team: 'risk',
      description: 'all',
      links: [
        { name: 'card', url: 'https://c' },
        { name: 'code', url: 'https://b' },
      ],
    });
    expect(registeredOf([], newest).owner).toBe('telemetry');
  });

  it('leaves out links that would run as a script', () => {
    const rows = [{ version: '', links_json: '{"x":"javascript:alert(1)","y":"HTTPS://ok"}' }];
    expect(registeredOf(rows, undefined).links).toEqual([{ name: 'y', url: 'HTTPS://ok' }]);
  });
});
