import { toHex } from './octets.ts';

/**
 * What libraries for Ed25519 do not agree about (https://eprint.iacr.org/2020/1244),
 * decided here, so that a code is genuine everywhere or nowhere.
 */

/** The order of the base point, 2^252 + 27742317777372353535851937790883648493, little-endian. */
const ORDER = [
  0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/**
 * Whether the second half of a signature is below the order (RFC 8032, 5.1.7): else
 * the order could be added to it, and the signature would have a second spelling.
 */
export function hasCanonicalScalar(signature: Uint8Array): boolean {
  for (let at = 31; at >= 0; at--) {
    const [given, limit] = [signature[32 + at] ?? 0, ORDER[at] ?? 0];
    if (given !== limit) return given < limit;
  }
  return false;
}

/**
 * The y of the points of small order, also in the spellings above the field's
 * prime. Under such a key a signature would fit messages that nobody signed.
 */
const SMALL_ORDER = new Set([
  `${'00'.repeat(32)}`,
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

/** Whether 32 bytes can be the public key of somebody. */
export function isPublicKey(bytes: Uint8Array): boolean {
  if (bytes.length !== 32) return false;
  const y = Uint8Array.from(bytes);
  // The top bit is the sign of x.
  y[31] = (y[31] ?? 0) & 0x7f;
  return !SMALL_ORDER.has(toHex(y));
}
