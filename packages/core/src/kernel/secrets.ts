import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { TicketiError } from './errors.ts';

/**
 * The master secret of an installation, 32 bytes. It makes the access tokens of
 * guests and the door keys of events, and seals the private signing keys, the secrets of webhook endpoints, the
 * codes of gift cards that refunds became and the kept answers that lie in the database.
 *
 * Pass it as `createTicketi({ keys: { secret } })` from outside the database.
 * Without one, Ticketi makes one and keeps it in the database: that works at
 * once, but who reads the database can then also sign tickets, and `doctor`
 * says so.
 */
export interface Secrets {
  /** A keyed digest: the same text under the same purpose gives the same token. */
  token(purpose: Purpose, text: string): string;
  /**
   * The same under the last of the previous secrets, for what lies in the
   * database under its token: it stays the same when the secret changes, as long
   * as the oldest one is given, and given last.
   */
  lastingToken(purpose: Purpose, text: string): string;
  /** Compares in constant time. */
  matches(purpose: Purpose, text: string, token: string): boolean;
  /** Fresh bytes that nobody can guess, for what is money to whoever knows it. */
  random(bytes: number): Uint8Array;
  seal(plain: Uint8Array): string;
  open(sealed: string): Uint8Array;
}

/** One derived key for each purpose, so that no token serves as another. */
type Purpose =
  | 'guest-access'
  | 'buyer-limit'
  | 'gift-card'
  | 'access-request'
  | 'door-key'
  | 'waitlist-offer'
  | 'seal';

const SECRET_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Characters of a token: 192 bits. */
const TOKEN_LENGTH = 32;

/** @param previous secrets that still open and verify what they once sealed and signed */
export function createSecrets(secret: Uint8Array, previous: readonly Uint8Array[] = []): Secrets {
  const current = deriveKeys(secret);
  const all = [current, ...previous.map(deriveKeys)];
  return {
    token: (purpose, text) => tokenWith(current[purpose], text),
    lastingToken: (purpose, text) => tokenWith((all.at(-1) ?? current)[purpose], text),
    matches: (purpose, text, given) =>
      all.some((keys) => equal(tokenWith(keys[purpose], text), given)),
    random: (bytes) => randomBytes(bytes),
    seal: (plain) => sealWith(current.seal, plain),
    open(sealed) {
      for (const keys of all) {
        const plain = openWith(keys.seal, sealed);
        if (plain !== undefined) return plain;
      }
      throw new TicketiError({
        code: 'wrong_secret',
        kind: 'fault',
        message: 'The secret is not the one that sealed the keys of this database.',
        hint: 'Start with the secret of this installation, or give the earlier one as `keys.previous`.',
      });
    },
  };
}

function deriveKeys(secret: Uint8Array): Record<Purpose, KeyObject> {
  if (secret.length < SECRET_BYTES) {
    throw new TicketiError({
      code: 'invalid_secret',
      kind: 'invalid',
      message: `The secret has ${secret.length} bytes; it needs at least ${SECRET_BYTES} random ones.`,
      hint: 'Make one with `openssl rand -base64 32`.',
    });
  }
  // A digest under a key object takes 1.7 us where one under bytes takes 11, and each hold has one.
  const derive = (purpose: Purpose) =>
    createSecretKey(
      Buffer.from(hkdfSync('sha256', secret, '', `ticketi:${purpose}`, SECRET_BYTES)),
    );
  return {
    'guest-access': derive('guest-access'),
    'buyer-limit': derive('buyer-limit'),
    'gift-card': derive('gift-card'),
    'access-request': derive('access-request'),
    'door-key': derive('door-key'),
    'waitlist-offer': derive('waitlist-offer'),
    seal: derive('seal'),
  };
}

function tokenWith(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, TOKEN_LENGTH);
}

function equal(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function sealWith(key: KeyObject, plain: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

function openWith(key: KeyObject, sealed: string): Uint8Array | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    // The tag does not fit: sealed with another key.
    return undefined;
  }
}

/** 32 fresh random bytes: a new master secret. */
export function generateSecret(): Uint8Array {
  return randomBytes(SECRET_BYTES);
}

/** A secret as people store it (base64, base64url or hex) to its bytes. */
export function secretFromText(text: string): Uint8Array {
  const trimmed = text.trim();
  return /^[0-9a-f]{64}$/i.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : Buffer.from(trimmed, 'base64');
}
