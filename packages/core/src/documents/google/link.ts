import { createPrivateKey } from 'node:crypto';
import { type Instant, millisOf } from '../../kernel/index.ts';
import type { GoogleWallet } from '../wallets.ts';

/** The link that saves a pass to a phone; undefined where the key cannot be used. */
export async function saveLink(
  payload: object,
  wallet: GoogleWallet,
  now: Instant,
): Promise<string | undefined> {
  const key = readKey(wallet);
  if (key === undefined) return undefined;
  const { SignJWT } = await import('jose');
  // What is undefined is in no JSON; the library would keep it.
  const claims = JSON.parse(
    JSON.stringify({ typ: 'savetowallet', origins: wallet.origins, payload }),
  );
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(wallet.serviceAccountEmail)
    .setAudience('google')
    .setIssuedAt(Math.floor(millisOf(now) / 1000))
    .sign(key);
  return `https://pay.google.com/gp/v/save/${token}`;
}

function readKey({ privateKey }: GoogleWallet) {
  try {
    const key = createPrivateKey(privateKey);
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    // Whatever it says of it may have a part of the key in it.
    return undefined;
  }
}
