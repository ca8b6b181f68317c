import { parseAddress } from './address';

describe('parseAddress', () => {
  it.each([
    ['127.0.0.1:4317', { host: '127.0.0.1', port: 4317 }],
    ['localhost:0', { host: 'localhost', port: 0 }],
    ['[::1]:4318', { host: '::1', port: 4318 }],
    ['collector-0.plumbline.svc:65535', { host: 'collector-0.plumbline.svc', port: 65_535 }],
  ])('reads %s', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });

  it.each([
    '',
    '4317',
    ':4317',
    '127.0.0.1',
    '127.0.0.1:',
    '127.0.0.1:65536',
    '::1:4317',
    'http://127.0.0.1:4317',
    'a b:1',
    'host:12x',
  ])('refuses %p', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
});
