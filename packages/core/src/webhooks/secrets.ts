import { type Instant, millisOf, type Secrets, TicketiError } from '../kernel/index.ts';
import type { EndpointRecord } from './endpoint.ts';
import { type SignedHeaders, secretText, signedHeaders } from './sign.ts';

const SECRET_BYTES = 32;

/** A new secret: as its receiver gets it, this once, and as it is kept. */
export function newSecret(secrets: Secrets): { readonly text: string; readonly sealed: string } {
  const text = secretText(secrets.random(SECRET_BYTES));
  return { text, sealed: secrets.seal(new TextEncoder().encode(text)) };
}

/** The same; undefined where the installation has another secret than the one that sealed it. */
export function headersIfOpen(
  ...given: Parameters<typeof headersFor>
): ReturnType<typeof headersFor> | undefined {
  try {
    return headersFor(...given);
  } catch (error) {
    if (error instanceof TicketiError && error.code === 'wrong_secret') return undefined;
    throw error;
  }
}

/** The headers of an attempt, signed with the secrets that the endpoint has at this moment. */
export function headersFor(
  secrets: Secrets,
  endpoint: EndpointRecord,
  letter: { readonly id: string; readonly body: string },
  now: Instant,
): SignedHeaders {
  const { secret, previousSecret, previousUntil } = endpoint;
  const sealed = [secret];
  if (previousSecret !== null && previousUntil !== null && now < previousUntil) {
    sealed.push(previousSecret);
  }
  const opened = sealed.map((one) => new TextDecoder().decode(secrets.open(one)));
  return signedHeaders(letter.id, Math.floor(millisOf(now) / 1000), letter.body, opened);
}
