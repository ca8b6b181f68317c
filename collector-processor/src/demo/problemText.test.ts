import { problemText } from './problemText';

test('leaves out the stack', () => {
  const text = JSON.stringify({ stack: 'at …', name: 'OTLPExporterError', message: 'Bad Gateway' });
  expect(problemText(text)).toBe('OTLPExporterError: Bad Gateway');
  expect(problemText('{"message":"timeout"}')).toBe('timeout');
});

test.each(['no JSON', '{"code":3}', '[]'])('keeps %s as it is', (text) => {
  expect(problemText(text)).toBe(text);
});
