import { describe, expect, it } from '@jest/globals';
import { normalizeBytes } from '../../../test/support/normalizeSpans';
import { traceRequestType } from '../../../test/support/otlpProto';
import { createNormalizer } from './normalizer';

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const count = (key: string, intValue: number) => ({ key, value: { intValue } });
const CALL = {
  attributes: [
    text('gen_ai.operation.name', 'chat'),
    text('gen_ai.system', 'anthropic'),
    count('gen_ai.usage.input_tokens', 100),
    count('gen_ai.usage.cache_read_input_tokens', 40),
  ],
};

/** A request in which each service has one call per scope. */
function request(services: Readonly<Record<string, readonly string[]>>): Uint8Array {
  const type = traceRequestType();
  return type
    .encode(
      type.fromObject({
        resourceSpans: Object.entries(services).map(([service, scopes]) => ({
          resource: { attributes: [text('service.name', service)] },
          scopeSpans: scopes.map((name) => ({ scope: { name }, spans: [CALL, CALL] })),
        })),
      }),
    )
    .finish();
}

describe('what holds for all spans of a scope', () => {
  it('is never that of the resource, the scope or the request before', () => {
    const normalizer = createNormalizer();
    const told = (services: Readonly<Record<string, readonly string[]>>): string[] =>
      normalizeBytes(request(services), normalizer).map(
        ({ service, tokenRule }) => `${service} ${tokenRule}`,
      );
    const twice = (...lines: string[]): string[] => lines.flatMap((line) => [line, line]);
    expect(told({ a: ['pydantic-ai', 'other'], b: ['openlit', 'pydantic-ai'] })).toEqual(
      twice(
        'a inclusive:emitter',
        'a undecided:unknown',
        'b exclusive:emitter',
        'b inclusive:emitter',
      ),
    );
    expect(told({ c: ['other'] })).toEqual(twice('c undecided:unknown'));
  });

  it('is empty again for a resource that tells nothing', () => {
    const type = traceRequestType();
    const bytes = type
      .encode(
        type.fromObject({
          resourceSpans: [
            {
              resource: { attributes: [text('service.name', 'a'), text('team', 't')] },
              scopeSpans: [{ spans: [CALL] }],
            },
            { scopeSpans: [{ spans: [CALL] }] },
          ],
        }),
      )
      .finish();
    expect(normalizeBytes(bytes).map(({ service, team }) => [service, team])).toEqual([
      ['a', 't'],
      ['', ''],
    ]);
  });
});
