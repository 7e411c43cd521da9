const TEXT = 25;
const HEADER = 20;

/**
 * A `text[]` in PostgreSQL's binary form, which `pg` sends as it is: nothing is escaped here and
 * unescaped there, as it is in the form `{"..."}`.
 * Form: `array_recv` in src/backend/utils/adt/arrayfuncs.c
 */
export function textArray(texts: readonly (string | null)[]): Buffer {
  let bytes = HEADER;
  // A character of UTF-16 takes three bytes at most.
  for (const text of texts) bytes += 4 + (text === null ? 0 : text.length * 3);
  const buffer = Buffer.allocUnsafe(bytes);
  buffer.writeInt32BE(1, 0); // dimensions
  buffer.writeInt32BE(1, 4); // nulls may be in it
  buffer.writeInt32BE(TEXT, 8);
  buffer.writeInt32BE(texts.length, 12);
  buffer.writeInt32BE(1, 16); // the first index
  let at = HEADER;
  for (const text of texts) {
    const length = text === null ? -1 : buffer.write(text, at + 4, 'utf8');
    buffer.writeInt32BE(length, at);
    at += 4 + Math.max(length, 0);
  }
  return buffer.subarray(0, at);
}
