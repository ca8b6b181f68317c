import { problemOf } from './problem';

const problem = (status: number, data: unknown = '') =>
  problemOf({ status, statusText: 'x', data });

describe('problemOf', () => {
  it('reads problem+json with its fields', () => {
    const data = {
      type: 'urn:plumbline:problem:invalid-request',
      title: 'Bad Request',
      detail: 'stage must be one of …',
      message: 'stage must be one of …',
      errors: [
        { in: 'body', field: '/stage', message: 'must be one of …', value: 'prod' },
        'not an object',
      ],
    };
    const read = {
      kind: 'invalid',
      status: 400,
      message: 'stage must be one of …',
      fields: [{ pointer: '/stage', detail: 'must be one of …' }],
    };
    expect(problem(400, data)).toEqual(read);
    expect(problem(400, JSON.stringify(data))).toEqual(read);
    expect(problem(400, '<html>')).toMatchObject({ kind: 'invalid', message: 'x', fields: [] });
  });

  it.each([
    [401, 'forbidden'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [409, 'conflict'],
    [413, 'too_large'],
    [422, 'conflict'],
    [429, 'rate_limited'],
    [500, 'internal'],
    [502, 'not_configured'],
    [503, 'unavailable'],
    [418, 'invalid'],
  ])('takes %i for %s', (status, kind) => {
    expect(problem(status).kind).toBe(kind);
  });

  it("reads Grafana's own words", () => {
    expect(problem(404, { message: 'Plugin is not enabled' }).kind).toBe('not_configured');
    expect(problem(403, { message: 'plugin proxy route access denied' })).toMatchObject({
      kind: 'forbidden',
      message: 'plugin proxy route access denied',
    });
  });

  it('takes what is no answer for an API that is away', () => {
    expect(problemOf(new Error('Failed to fetch'))).toMatchObject({
      kind: 'unavailable',
      message: 'Failed to fetch',
    });
    expect(problemOf('gone')).toMatchObject({ kind: 'unavailable', message: 'gone' });
  });
});
