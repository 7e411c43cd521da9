import { BASE32, base32Text } from './base32.ts';
import type { IdPrefix } from './ids.ts';

/**
 * The text of an id and the 16 bytes of its UUID: what the compact ticket code carries.
 * It asks nothing of its surroundings, so that whoever verifies codes brings no more along.
 */
const ALPHABET = BASE32.toLowerCase();
const TYPEID = { alphabet: ALPHABET, ledBy: 2 };

/** The id of 16 UUID bytes, as 26 characters: 128 bits, led by two zero bits. */
export function idFromBytes(prefix: IdPrefix, bytes: Uint8Array): string {
  return `${prefix}_${base32Text(bytes, TYPEID)}`;
}

/** The 16 bytes of an id's UUID: the inverse of `idFromBytes`. */
export function idBytes(id: string): Uint8Array {
  const text = id.slice(id.lastIndexOf('_') + 1);
  const bytes = new Uint8Array(16);
  let value = 0;
  let bits = -2;
  let at = 0;
  for (const character of text) {
    value = (value << 5) | ALPHABET.indexOf(character);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (value >> bits) & 0xff;
      value &= (1 << bits) - 1;
    }
  }
  return bytes;
}
