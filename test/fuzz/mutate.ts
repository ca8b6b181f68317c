import type { Prng } from '../support/payloads/prng';

/** What hostile or broken senders do to bytes, each in one place of a valid request. */
const MUTATIONS: readonly ((bytes: Buffer, random: Prng) => Buffer)[] = [
  // One bit.
  (bytes, random) => {
    const at = random.below(bytes.length);
    bytes[at]! ^= 1 << random.below(8);
    return bytes;
  },
  // One byte, to a value at the edges of varints and UTF-8.
  (bytes, random) => {
    bytes[random.below(bytes.length)] = random.pick([
      0, 1, 0x7f, 0x80, 0xc0, 0xed, 0xf8, 0xfe, 0xff,
    ]);
    return bytes;
  },
  // Cut off.
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  // A range twice.
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  // A range gone.
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  // A number that is as large as can be, longer than can be, or a length that is a lie.
  (bytes, random) => insert(bytes, random, random.pick(NUMBERS)),
  // Text that is not UTF-8.
  (bytes, random) => insert(bytes, random, random.pick(TEXTS)),
  // A message inside a message inside a message.
  (bytes, random) => insert(bytes, random, random.pick(NESTS)),
  // A part somewhere else.
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return insert(bytes, random, Buffer.from(bytes.subarray(from, to)));
  },
];

const NUMBERS = [
  'ffffffffffffffffff01',
  'ffffffffffffffffffffff',
  '80808080808080808001',
  'ffffffff0f',
  'ffffffff07',
  '0affffffff07',
  '12ffffffffffffffff7f',
  '4affffffff0f',
].map((hex) => Buffer.from(hex, 'hex'));

const TEXTS = ['c080', 'eda080', 'f4908080', 'ff', 'e282', 'f09f98', '00', 'efbfbf'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

/** A list of lists (field 5, array_value) or maps, `depth` deep, each with the right length. */
function nest(depth: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let level = 0; level < depth; level++) {
    const size = length < 128 ? [length] : [(length & 127) | 128, length >> 7];
    const head = Buffer.from([level % 2 === 0 ? 0x2a : 0x0a, ...size]);
    parts.push(head);
    length += head.length;
  }
  return Buffer.concat(parts.reverse());
}

const NESTS = Array.from({ length: 100 }, (_, index) => nest(3 * index));

function range(bytes: Buffer, random: Prng): [from: number, to: number] {
  const from = random.below(bytes.length);
  return [from, Math.min(bytes.length, from + 1 + random.below(64))];
}

function insert(bytes: Buffer, random: Prng, part: Uint8Array): Buffer {
  const at = random.below(bytes.length + 1);
  // Half of the time in the place of what was there, so that the lengths around it stay right.
  const after = random.below(2) === 0 ? at : Math.min(bytes.length, at + part.length);
  return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(after)]);
}

/** A copy with one to four things done to it. */
export function mutate(valid: Buffer, random: Prng): Buffer {
  let bytes: Buffer = Buffer.from(valid);
  for (let count = 1 + random.below(4); count > 0 && bytes.length > 0; count--) {
    bytes = random.pick(MUTATIONS)(bytes, random);
  }
  return bytes;
}
