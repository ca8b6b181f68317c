import { describe, expect, it } from '@jest/globals';
import { onlyInference, type AttributesOf } from '../../../test/support/normalizeSpans';
import type { Inference } from '../core/inference';

const call = (attributes: AttributesOf): Inference =>
  onlyInference({ attributes: { 'gen_ai.operation.name': 'chat', ...attributes } });
const finished = (...reasons: string[]): Inference =>
  call({ 'gen_ai.response.finish_reasons': reasons });

describe('the finish reason', () => {
  it('is the first of the list', () => {
    expect(finished('stop', 'length').finishReason).toBe('stop');
    expect(finished('x'.repeat(125), 'stop').finishReason).toBe('x'.repeat(125));
    expect(finished('x'.repeat(300)).finishReason).toBe('x'.repeat(300));
    expect(finished('', 'stop').finishReason).toBe('stop');
    expect(finished().finishReason).toBe('');
    expect(call({ 'gen_ai.response.finish_reasons': [1, 2] }).finishReason).toBe('1');
  });

  it.each(['stop', 'end_turn', 'length', 'MAX_TOKENS', 'tool_calls', 'tool-calls', 'tool_use'])(
    'tells an answer: %s',
    (reason) => {
      expect(finished(reason).refusal).toBe(0);
    },
  );

  it.each(['content_filter', 'content-filter', 'refusal', 'SAFETY', 'PROHIBITED_CONTENT'])(
    'tells a refusal: %s',
    (reason) => {
      expect(finished(reason).refusal).toBe(1);
    },
  );

  it.each(['', 'error', 'other', 'unknown'])('tells neither: "%s"', (reason) => {
    expect(finished(reason).refusal).toBeNaN();
  });
});

describe('the length of the answer', () => {
  it('is unknown where the text was kept back', () => {
    expect(call({}).outputChars).toBeNaN();
    expect(call({ 'output.value': '__REDACTED__' }).outputChars).toBeNaN();
  });

  it('counts UTF-16 units, and all numbered pieces', () => {
    expect(call({ 'output.value': 'naïve 😀' }).outputChars).toBe(8);
    const pieces = {
      'llm.output_messages.0.message.content': 'abc',
      'llm.output_messages.1.message.content': 'de',
      'llm.output_messages.1.message.role': 'assistant',
    };
    expect(call(pieces).outputChars).toBe(5);
  });

  it('is that of the JSON where messages are structured', () => {
    const message = { kvlistValue: { values: [{ key: 'a', value: { stringValue: 'b' } }] } };
    const messages = { arrayValue: { values: [message] } };
    expect(call({ 'gen_ai.output.messages': messages }).outputChars).toBe('[{"a":"b"}]'.length);
  });
});

describe('the cost as told', () => {
  it('is nothing where none was told, and zero where it was', () => {
    expect(call({}).reportedCost).toBeNaN();
    expect(call({}).reportedCurrency).toBe('');
    expect(call({ 'llm.cost.total': { doubleValue: 0 } }).reportedCost).toBe(0);
  });

  it('has its currency and source', () => {
    const told = {
      'gen_ai.usage.cost.amount': 0.5,
      'gen_ai.usage.cost.currency': 'eur',
      'gen_ai.usage.cost.source': 'provider',
    };
    expect(call(told)).toMatchObject({
      reportedCost: 0.5,
      reportedCurrency: 'EUR',
      reportedSource: 'provider',
    });
    expect(call({ 'llm.cost.total': 0.5 })).toMatchObject({
      reportedCurrency: 'USD',
      reportedSource: 'local',
    });
    // A convention that has a currency of its own does not mean dollars when it leaves it out.
    expect(call({ 'gen_ai.usage.cost.amount': 0.5 }).reportedCurrency).toBe('');
  });
});
