import { sqlTokens } from './sqlTokens';

const HELLO = 'SELECT DISPLAYNAME ( ) , VERSION ( ) , REVISION ( ) , TIMEZONE ( )';

/** The first question of clickhouse-go on each HTTP connection. */
export const isHello = (sql: string): boolean =>
  sql.length < 256 &&
  [...sqlTokens(sql)]
    .map((token) => token.value.toUpperCase())
    .join(' ')
    .replace(/(?: ;)+$/, '') === HELLO;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([varint(bytes.length), bytes]);
}

/**
 * The answer to the hello. The driver reads this one block by its own protocol revision (54460 in 2.47): block info in
 * front, one byte "no custom serialisation" per column; and every later block by the `revision()` told in it.
 * chDB writes Native at revision 0, without either, so 0 is what it tells.
 */
export function helloBlock(version: string, timezone: string): Buffer {
  const column = (name: string, type: string, value: Buffer): Buffer[] => [
    text(name),
    text(type),
    Buffer.from([0]),
    value,
  ];
  return Buffer.concat([
    // Block info: field 1 (is_overflows) 0, field 2 (bucket_num) -1, end; then four columns and one row.
    Buffer.from([1, 0, 2, 255, 255, 255, 255, 0, 4, 1]),
    ...column('displayName()', 'String', text('plumbline')),
    ...column('version()', 'String', text(version)),
    ...column('revision()', 'UInt32', Buffer.alloc(4)),
    ...column('timezone()', 'String', text(timezone)),
  ]);
}
