/** Crockford's base32: no letter looks like a digit. */
export const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Bytes as text, five bits a character, after `ledBy` bits of zero; bits that make no whole
 * character are left out.
 */
export function base32Text(bytes: Uint8Array, { alphabet = BASE32, ledBy = 0 } = {}): string {
  let text = '';
  let bits = ledBy;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(value >> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return text;
}
