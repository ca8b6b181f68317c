import { parseListenAddress } from './listener';

test.each([
  ['127.0.0.1:4317', '127.0.0.1', 4317],
  ['localhost:0', 'localhost', 0],
  ['[::1]:4318', '::1', 4318],
  ['[fe80::1%eth0]:1', 'fe80::1%eth0', 1],
  [':65535', undefined, 65_535],
])('%s', (address, host, port) => {
  expect(parseListenAddress(address)).toEqual({ host, port });
});

test.each(['4317', 'localhost', '::1:4317', 'localhost:65536', 'localhost:-1', 'http://x:1', ''])(
  '"%s" is refused with the value',
  (address) => {
    expect(() => parseListenAddress(address)).toThrow(`"${address}" is not host:port`);
  },
);
