import { ReverseWriter } from './reverseWriter';

describe('ReverseWriter', () => {
  it.each<[string, (writer: ReverseWriter) => void, Buffer]>([
    [
      'text',
      (writer) => {
        writer.text('x'.repeat(50));
      },
      Buffer.from(`2${'x'.repeat(50)}`),
    ],
    [
      'bytes',
      (writer) => {
        writer.bytes(Buffer.from('x'.repeat(50)));
      },
      Buffer.from(`2${'x'.repeat(50)}`),
    ],
    [
      'double',
      (writer) => {
        writer.double(1);
      },
      Buffer.from('000000000000f03f', 'hex'),
    ],
    [
      'fixed64',
      (writer) => {
        writer.fixed64(258n);
      },
      Buffer.from('0201000000000000', 'hex'),
    ],
    [
      'fixed32',
      (writer) => {
        writer.fixed32(258);
      },
      Buffer.from('02010000', 'hex'),
    ],
  ])('grows for %s without losing it', (_name, write, bytes) => {
    const writer = new ReverseWriter(0);
    const behind = Buffer.alloc(61, 7);
    for (const byte of behind) writer.uint32(byte);
    write(writer);
    expect(writer.finish()).toEqual(Buffer.concat([bytes, behind]));
  });
});
