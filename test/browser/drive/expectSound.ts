import { expect } from '@jest/globals';
import type { HostPage } from './openHostPage';

/** Nothing that went wrong, nothing from elsewhere, nothing that some cannot use. */
export async function expectSound({ app, foreign }: HostPage): Promise<void> {
  expect(app.errors).toEqual([]);
  expect(foreign).toEqual([]);
  expect(await app.seriousViolations()).toEqual([]);
}
