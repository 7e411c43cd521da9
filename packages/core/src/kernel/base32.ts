/** Crockford's base32: no letter looks like a digit. */
export const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Bytes as text, five bits a character; bits that make no whole character are left out. */
export function base32Text(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(value >> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return text;
}
