import { TicketiError } from '@ticketi/core';
import type { CryptoKey, JSONWebKeySet, JWTPayload, JWTVerifyGetKey, KeyObject } from 'jose';
import { type Authenticate, bearerToken, isGuestToken } from './auth.ts';

export interface JwtAuthOptions {
  /** Where the issuer publishes its keys, the key set itself, or one public key. */
  jwks: URL | JSONWebKeySet | CryptoKey | KeyObject;
  /** The `iss` that tokens must have. */
  issuer: string | string[];
  /** The `aud` that tokens must have one of. */
  audience: string | string[];
  /** Default EdDSA, RS256, ES256. Shared secrets (`HS*`) and `none` are refused. */
  algorithms?: readonly string[];
  /** The `typ` that tokens must have, such as `at+jwt`. Default: any. */
  type?: string;
  /** Seconds by which clocks may differ. Default 5. */
  clockTolerance?: number;
}

/** One fetch of the keys in this time, however many unknown keys tokens name. */
const COOLDOWN = 30_000;

/**
 * Takes the JWTs of the host's own issuer: `sub` becomes the user's id, `email`
 * their address (unless `email_verified` is false). Signature, `exp`, `iss` and
 * `aud` are checked, and only the named algorithms are believed.
 *
 * A request without a bearer token, or with a guest's, is left to the handler.
 * A bad token is a 401 `invalid_token`; keys that cannot be fetched are a 503.
 *
 * @throws TypeError when an algorithm is named that is not a signature with a key pair
 */
export function jwtAuth(options: JwtAuthOptions): Authenticate {
  const { issuer, audience, clockTolerance = 5, type } = options;
  const algorithms = [...(options.algorithms ?? ['EdDSA', 'RS256', 'ES256'])];
  const weak = algorithms.find((name) => !/^(EdDSA|Ed25519|(RS|PS|ES)(256|384|512))$/.test(name));
  if (weak !== undefined) throw new TypeError(`Tokens signed with ${weak} cannot be trusted.`);

  let verifier: Promise<(token: string) => Promise<JWTPayload>> | undefined;
  async function makeVerifier() {
    // Loaded with the first token: who brings their own `auth` does not pay for it.
    const jose = await import('jose');
    const keys = keysOf(jose, options.jwks);
    const checks = {
      issuer,
      audience,
      algorithms,
      clockTolerance,
      requiredClaims: ['exp', 'sub'],
      ...(type === undefined ? {} : { typ: type }),
    };
    return async (token: string): Promise<JWTPayload> => {
      try {
        return (await jose.jwtVerify(token, keys, checks)).payload;
      } catch (error) {
        throw saysNo(jose, error) ? invalidToken(error) : unavailable(error);
      }
    };
  }

  return async (request) => {
    const token = bearerToken(request);
    if (token === undefined || isGuestToken(token)) return undefined;
    verifier ??= makeVerifier();
    const { sub, email, email_verified: verified } = await (await verifier)(token);
    if (!sub) throw invalidToken(new Error('sub is empty'));
    return typeof email === 'string' && verified !== false
      ? { type: 'user', id: sub, email }
      : { type: 'user', id: sub };
  };
}

type Jose = typeof import('jose');

function keysOf(jose: Jose, jwks: JwtAuthOptions['jwks']): JWTVerifyGetKey {
  if (jwks instanceof URL) {
    return jose.createRemoteJWKSet(jwks, { cooldownDuration: COOLDOWN, timeoutDuration: 5000 });
  }
  if ('keys' in jwks) return jose.createLocalJWKSet(jwks);
  return async () => jwks;
}

/** Whether the token is at fault, and not the way to the keys or the key itself. */
function saysNo({ errors }: Jose, error: unknown): boolean {
  return (
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  );
}

function invalidToken(cause: unknown): TicketiError {
  return new TicketiError({
    code: 'invalid_token',
    kind: 'unauthenticated',
    message: 'The access token is not valid.',
    hint: 'Sign in again for a new one.',
    cause,
  });
}

function unavailable(cause: unknown): TicketiError {
  return new TicketiError({
    code: 'identity_unavailable',
    kind: 'busy',
    message: 'Who you are cannot be checked right now.',
    details: { retryAfterSeconds: 5 },
    cause,
  });
}
