import { type Actor, type Ticketi, TicketiError } from '@ticketi/core';
import * as jose from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Authenticate, createHandler, jwtAuth } from '../src/index.ts';
import { type Json, listening } from './support/server.ts';

/** A Ticketi that answers with whoever it was asked as. */
const mirror = {
  as: (actor: Actor) => ({ call: () => Promise.resolve({ items: [actor], nextCursor: null }) }),
} as unknown as Pick<Ticketi, 'as'>;

async function asked(auth: Authenticate | undefined, token?: string) {
  const told = vi.fn();
  const handler = createHandler(mirror, { ...(auth ? { auth } : {}), onError: told });
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await handler(new Request('http://local/api/v1/events', { headers }));
  const body: Json = await response.json();
  return { status: response.status, actor: body.items?.[0], body, response, told };
}

const guest = 'hld_01k0000000e008000000000000.c2VjcmV0';

describe('who a request comes from', () => {
  test('nobody, without an answer', async () => {
    expect((await asked(undefined)).actor).toEqual({ type: 'anonymous' });
    expect((await asked(() => undefined)).actor).toEqual({ type: 'anonymous' });
    expect((await asked(() => null)).actor).toEqual({ type: 'anonymous' });
    expect((await asked(undefined, 'something')).actor).toEqual({ type: 'anonymous' });
  });

  test('a guest, by the token of a hold', async () => {
    expect((await asked(undefined, guest)).actor).toEqual({ type: 'guest', token: guest });
  });

  test('whom the host names, before the guest', async () => {
    const user: Actor = { type: 'user', id: 'u_1' };
    expect((await asked(() => user, guest)).actor).toEqual(user);
  });

  test('nobody at all, when the check throws', async () => {
    const { status, body, response, told } = await asked(() => {
      throw new Error('bad signature of key 7');
    });
    expect(status).toBe(401);
    expect(body.code).toBe('unauthenticated');
    expect(JSON.stringify(body)).not.toContain('key 7');
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(told).not.toHaveBeenCalled();
  });

  test('nobody, when the check is broken; the host hears of it', async () => {
    const { status, told } = await asked(() => {
      throw new TypeError('x is not a function');
    });
    expect(status).toBe(401);
    expect(told).toHaveBeenCalledOnce();
  });

  test('as the check itself says, when it throws one of ours', async () => {
    const busy = new TicketiError({ code: 'idp_down', kind: 'busy', message: 'Later.' });
    expect((await asked(() => Promise.reject(busy))).status).toBe(503);
  });

  test.each([
    { type: 'user', id: '' },
    { type: 'user' },
    { type: 'api_key', id: 'k', scopes: [] },
    { type: 'guest' },
    { id: 'u_1' },
    'u_1',
  ])('never somebody without a name: %j', async (actor) => {
    const { status, told } = await asked(() => actor as Actor);
    expect(status).toBe(500);
    expect(told).toHaveBeenCalledOnce();
  });
});

describe('tokens of the host’s own issuer', () => {
  const issuer = 'https://login.example';
  const audience = 'tickets';
  let fetches = 0;
  let keySet: jose.JSONWebKeySet;
  let privateKey: jose.CryptoKey;
  let server: Awaited<ReturnType<typeof listening>>;

  beforeAll(async () => {
    const pair = await jose.generateKeyPair('EdDSA', { extractable: true });
    privateKey = pair.privateKey;
    keySet = { keys: [{ ...(await jose.exportJWK(pair.publicKey)), kid: 'one', alg: 'EdDSA' }] };
    server = await listening((_request, response) => {
      fetches += 1;
      response.setHeader('content-type', 'application/json').end(JSON.stringify(keySet));
    });
  });
  afterAll(() => server?.close());

  interface Claims {
    iss?: string;
    aud?: string;
    sub?: string;
    exp?: string | undefined;
    kid?: string;
    key?: jose.CryptoKey | Uint8Array;
    alg?: string;
    more?: jose.JWTPayload;
  }
  async function token(claims: Claims = {}): Promise<string> {
    const { iss = issuer, aud = audience, sub = 'u_1', kid = 'one', alg = 'EdDSA' } = claims;
    const jwt = new jose.SignJWT({ ...claims.more })
      .setProtectedHeader({ alg, kid })
      .setIssuer(iss)
      .setAudience(aud)
      .setSubject(sub)
      .setIssuedAt();
    const exp = 'exp' in claims ? claims.exp : '5m';
    if (exp !== undefined) jwt.setExpirationTime(exp);
    return jwt.sign(claims.key ?? privateKey);
  }
  const auth = () => jwtAuth({ jwks: keySet, issuer, audience });

  test('name a user', async () => {
    const more = { email: 'ada@example.com' };
    expect((await asked(auth(), await token({ more }))).actor).toEqual({
      type: 'user',
      id: 'u_1',
      email: 'ada@example.com',
    });
    const unverified = { ...more, email_verified: false };
    expect((await asked(auth(), await token({ more: unverified }))).actor).toEqual({
      type: 'user',
      id: 'u_1',
    });
  });

  test('leave guests and those without a token to the handler', async () => {
    expect((await asked(auth(), guest)).actor).toEqual({ type: 'guest', token: guest });
    expect((await asked(auth())).actor).toEqual({ type: 'anonymous' });
  });

  const unsigned = new jose.UnsecuredJWT({})
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject('u_1')
    .setExpirationTime('5m');
  test.each<[string, () => Promise<string> | string]>([
    ['is no token', () => 'nonsense'],
    ['is not signed', () => unsigned.encode()],
    ['has expired', () => token({ exp: '-1m' })],
    ['never expires', () => token({ exp: undefined })],
    ['is of another issuer', () => token({ iss: 'https://evil.example' })],
    ['is for somebody else', () => token({ aud: 'other' })],
    ['names nobody', () => token({ sub: '' })],
    ['names an unknown key', () => token({ kid: 'two' })],
    ['was changed', async () => `${(await token()).slice(0, -4)}AAAA`],
    [
      'is signed with the public key as a secret',
      () => token({ alg: 'HS256', key: new TextEncoder().encode(String(keySet.keys[0]?.x)) }),
    ],
  ])('one that %s is a 401', async (_why, make) => {
    const { status, body, response } = await asked(auth(), await make());
    expect(status).toBe(401);
    expect(body.code).toBe('invalid_token');
    expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });

  test('with a flood of unknown keys cost one fetch', async () => {
    const remote = jwtAuth({ jwks: new URL(server.origin), issuer, audience });
    fetches = 0;
    expect((await asked(remote, await token())).status).toBe(200);
    for (let i = 0; i < 50; i++) {
      expect((await asked(remote, await token({ kid: `unknown-${i}` }))).status).toBe(401);
    }
    expect(fetches).toBe(1);
  });

  test('whose keys cannot be fetched are a 503, not a no', async () => {
    const away = jwtAuth({ jwks: new URL('http://127.0.0.1:1/'), issuer, audience });
    const { status, body } = await asked(away, await token());
    expect(status).toBe(503);
    expect(body.code).toBe('identity_unavailable');
  });

  test.each(['none', 'HS256', 'HS512', 'dir'])('signed with %s are never believed', (algorithm) => {
    const options = { jwks: keySet, issuer, audience, algorithms: [algorithm] };
    expect(() => jwtAuth(options)).toThrow(TypeError);
  });
});
