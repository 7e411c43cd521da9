/** `text` in pg_type. */
const TEXT = 25;
const HEADER = 20;

/**
 * A `text[]` of one dimension in PostgreSQL's binary form, which `pg` sends as it
 * is: in the form `{"..."}` each quote of a document would be escaped here and
 * unescaped there. Form: `array_recv` in src/backend/utils/adt/arrayfuncs.c.
 */
export function textArray(texts: readonly (string | null)[]): Buffer {
  let most = HEADER;
  // A unit of UTF-16 takes three bytes at most.
  for (const text of texts) most += 4 + (text === null ? 0 : text.length * 3);
  const array = Buffer.allocUnsafe(most);
  array.writeInt32BE(texts.length === 0 ? 0 : 1, 0); // dimensions
  array.writeInt32BE(1, 4); // nulls may be in it
  array.writeInt32BE(TEXT, 8);
  if (texts.length === 0) return array.subarray(0, 12);
  array.writeInt32BE(texts.length, 12);
  array.writeInt32BE(1, 16); // the first index
  let at = HEADER;
  for (const text of texts) {
    const length = text === null ? -1 : array.write(text, at + 4, 'utf8');
    array.writeInt32BE(length, at);
    at += 4 + Math.max(length, 0);
  }
  return array.subarray(0, at);
}
