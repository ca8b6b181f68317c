/** @jest-environment node */
import { annotationBody } from './annotation';

describe('an annotation', () => {
  const identity = { tenant: 'default', environment: 'prod', model: 'a/b' };

  it('is told to the API with its moment in UTC, and without the tenant', () => {
    const told = { version: '', timeMs: Date.UTC(2026, 10, 21, 9), text: ' a\nb ' };
    expect(annotationBody(identity, told)).toEqual({
      ...{ environment: 'prod', model: 'a/b', version: '' },
      ...{ time: '2026-11-21T09:00:00.000Z', text: 'a\nb' },
    });
  });
});
