import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import type { Ids, Instant, Secrets } from '../kernel/index.ts';

/**
 * An organizer's Ed25519 key for ticket codes. The private half is sealed with
 * the installation's secret (AES-256-GCM); the public half is for everyone.
 */
export interface SigningKeyRecord {
  readonly id: string;
  readonly organizerId: string;
  /** SPKI, DER, base64url. */
  readonly publicKey: string;
  /** PKCS #8, DER, sealed. */
  readonly privateKey: string;
  readonly createdAt: string;
  /** Since when new tickets have another key; its codes stay good. */
  readonly retiredAt: string | null;
  /** Since when its codes are refused. */
  readonly revokedAt: string | null;
  readonly revision: number;
}

export function newSigningKey(
  context: { ids: Ids; secrets: Secrets; now: Instant },
  organizerId: string,
): SigningKeyRecord {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    id: context.ids.next('key'),
    organizerId,
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
    privateKey: context.secrets.seal(privateKey.export({ type: 'pkcs8', format: 'der' })),
    createdAt: context.now,
    retiredAt: null,
    revokedAt: null,
    revision: 1,
  };
}

/** The key that new tickets are signed with, of all keys of an organizer. */
export function currentKeyOf(keys: readonly SigningKeyRecord[]): SigningKeyRecord {
  const current = keys.find(({ retiredAt }) => retiredAt === null);
  if (current === undefined) throw new Error('The organizer has no signing key.');
  return current;
}

/** The 32 bytes of the public half, base64url: what follows the head of its SPKI (RFC 8410). */
export function publicBytesOf({ publicKey }: SigningKeyRecord): string {
  return Buffer.from(publicKey, 'base64url').subarray(-32).toString('base64url');
}

export function signWith(key: SigningKeyRecord, secrets: Secrets, message: Uint8Array): Uint8Array {
  const privateKey = createPrivateKey({
    key: Buffer.from(secrets.open(key.privateKey)),
    type: 'pkcs8',
    format: 'der',
  });
  return sign(null, message, privateKey);
}

/** Whether a signature is of a key; on a thread of its own, so that a batch is checked on all cores. */
export function verifyAside(
  key: SigningKeyRecord,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify(null, message, publicKeyOf(key), signature, (error, genuine) => {
      if (error === null) resolve(genuine);
      else reject(error);
    });
  });
}

/**
 * The keys of records as they were read, which never change: a batch of scans
 * reads one record for all, and taking it apart for each code cost a quarter of
 * checking it (41 of 166 microseconds).
 */
const keyObjects = new WeakMap<SigningKeyRecord, KeyObject>();

function publicKeyOf(record: SigningKeyRecord): KeyObject {
  const known = keyObjects.get(record);
  if (known !== undefined) return known;
  const key = createPublicKey({
    key: Buffer.from(record.publicKey, 'base64url'),
    type: 'spki',
    format: 'der',
  });
  keyObjects.set(record, key);
  return key;
}
