/** Crockford's base32: no letter looks like a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Five random bits a character: the upper three of a byte are not used. */
export function randomCode(bytes: Uint8Array, prefix: string): string {
  return prefix + [...bytes].map((byte) => ALPHABET[byte & 31]).join('');
}
