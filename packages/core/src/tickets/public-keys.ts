import { shortKeyId } from './code.ts';
import { isPublicKey } from './ed25519.ts';
import { fromBase64Url, toHex } from './octets.ts';

/** A public key as JWK (RFC 8037): the first fields are all that is needed. */
interface PublicKeyJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** The 32 bytes of the key in base64url. */
  readonly x: string;
  /** The key's id, whose last 8 bytes are in the codes. */
  readonly kid: string;
}

/** An organizer's public set. */
export interface SigningKeySet {
  /** Keys whose codes are good: the current one and those that are retired. */
  readonly keys: readonly PublicKeyJwk[];
  /** Keys that somebody else may have got hold of: their codes are refused. */
  readonly revoked?: readonly { readonly kid: string }[];
}

export interface PublicKey {
  readonly kid: string;
  /** For WebCrypto; taken apart once. */
  imported(): Promise<Awaited<ReturnType<typeof importKey>>>;
}

/** The keys of a set, to be found by what codes carry of their ids. */
export function publicKeysOf({ keys, revoked = [] }: SigningKeySet) {
  const gone = new Set(revoked.map(({ kid }) => shortOf(kid)));
  const known = new Map<string, PublicKey>();
  for (const { kid, x } of keys) {
    const bytes = bytesOf(x);
    if (bytes === undefined) throw new RangeError(`The key ${kid} is no Ed25519 key.`);
    let imported: ReturnType<typeof importKey> | undefined;
    known.set(shortOf(kid), {
      kid,
      imported() {
        imported ??= importKey(bytes);
        return imported;
      },
    });
  }
  return {
    find(keyId: Uint8Array): PublicKey | undefined {
      const short = toHex(keyId);
      return gone.has(short) ? undefined : known.get(short);
    },
    wasRevoked: (keyId: Uint8Array): boolean => gone.has(toHex(keyId)),
  };
}

function shortOf(kid: string): string {
  return toHex(shortKeyId(kid));
}

function bytesOf(x: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = fromBase64Url(x);
    return isPublicKey(bytes) ? bytes : undefined;
  } catch {
    // Not base64.
    return undefined;
  }
}

function importKey(bytes: Uint8Array<ArrayBuffer>) {
  return crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify']);
}
