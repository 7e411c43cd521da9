import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { type Instant, millisOf } from '../../kernel/index.ts';
import type { AppleWallet } from '../wallets.ts';

/** Why passes cannot be signed. */
export type CannotSign = 'keys_not_usable' | 'certificate_expired' | 'library_missing';

/**
 * The keys of a wallet, read and found to belong together, or what is wrong with them. A phone
 * takes a pass with a wrong signature for no pass, and says nothing of why.
 */
export function readKeys(
  { certificate, privateKey, passphrase, wwdr }: AppleWallet,
  now: Instant,
): { readonly key: KeyObject } | { readonly why: CannotSign } {
  try {
    const key = createPrivateKey({
      key: privateKey,
      format: 'pem',
      ...(passphrase === undefined ? {} : { passphrase }),
    });
    const chain = [new X509Certificate(certificate), new X509Certificate(wwdr)];
    if (key.asymmetricKeyType !== 'rsa' || !chain[0]?.checkPrivateKey(key)) {
      return { why: 'keys_not_usable' };
    }
    const isOver = chain.some(({ validTo }) => Date.parse(validTo) < millisOf(now));
    return isOver ? { why: 'certificate_expired' } : { key };
  } catch {
    // Whatever it says of them may have a part of the key in it.
    return { why: 'keys_not_usable' };
  }
}

/**
 * A detached PKCS #7 signature (DER) of a pass's manifest, with both certificates and the
 * time of signing, which is the clock's. Undefined: the library is not installed.
 */
export async function signManifest(
  manifest: string,
  { certificate, wwdr }: AppleWallet,
  key: KeyObject,
  now: Instant,
): Promise<Uint8Array | undefined> {
  const library = await import('node-forge').catch(missing);
  if (library === undefined) return undefined;
  const { default: forge } = library;
  const message = forge.pkcs7.createSignedData();
  message.content = forge.util.createBuffer(manifest, 'utf8');
  message.addCertificate(wwdr);
  message.addCertificate(certificate);
  message.addSigner({
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate,
    digestAlgorithm: forge.pki.oids.sha256 ?? '',
    authenticatedAttributes: [
      { type: forge.pki.oids.contentType ?? '', value: forge.pki.oids.data ?? '' },
      { type: forge.pki.oids.messageDigest ?? '' },
      // Without one it would be the machine's.
      { type: forge.pki.oids.signingTime ?? '', value: now },
    ],
  });
  message.sign({ detached: true });
  return Buffer.from(forge.asn1.toDer(message.toAsn1()).getBytes(), 'latin1');
}

function missing(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ERR_MODULE_NOT_FOUND') throw error;
  return undefined;
}
