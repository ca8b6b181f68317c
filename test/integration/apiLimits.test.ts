import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningApi, startApi } from '../support/api/startApi';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ requestsPerSecond: 0.05, burstSeconds: 60 });
});
afterAll(async () => {
  await api.stop();
});

test('each token and each user has a rate of its own, and is told when to come back', async () => {
  const user = (sub: string) => api.proxied(api.grafana.identity({ sub }));
  for (const as of ['viewer', 'editor', user('user:1'), user('user:2')] as const) {
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push(await api.ask('/nowhere', as));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 429]);
    expect(answers[3]!.body.type).toBe('urn:plumbline:problem:rate-limited');
    expect(Number(answers[3]!.headers.get('retry-after'))).toBeGreaterThanOrEqual(10);
    expect(Number(answers[3]!.headers.get('retry-after'))).toBeLessThanOrEqual(20);
  }
});

test('who is not known is not counted against anyone', async () => {
  for (let i = 0; i < 10; i++) expect((await api.ask('/models', {})).status).toBe(401);
  expect((await api.ask('/nowhere', 'admin')).status).toBe(404);
});

test('the description is there for everyone', async () => {
  const answer = await api.ask('/openapi.json', {});
  expect([answer.status, answer.body.openapi]).toEqual([200, '3.1.1']);
});
