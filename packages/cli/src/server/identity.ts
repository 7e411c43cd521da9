import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Actor } from '@ticketi/core';
import type { Authenticate } from '@ticketi/http';
import { UsageError } from '../errors.ts';
import { actorOf } from '../open.ts';
import { isObject } from '../settings.ts';
import type { Identity, ServeOptions } from './options.ts';

/** Who a request comes from: the header of `--dev` first, then the token. */
export async function authenticator(
  { dev, identity }: Pick<ServeOptions, 'dev' | 'identity'>,
  cwd: string,
): Promise<Authenticate> {
  const byToken = identity === undefined ? undefined : await tokenAuth(identity, cwd);
  return async (request) => (dev ? declared(request) : undefined) ?? (await byToken?.(request));
}

/** What the `X-Ticketi-Actor` header says. Without CORS no page of another origin can send it. */
function declared(request: Request): Actor | undefined {
  const header = request.headers.get('x-ticketi-actor');
  return header === null ? undefined : actorOf({ as: header, guest: undefined });
}

async function tokenAuth({ jwks, issuer, audience }: Identity, cwd: string) {
  const { jwtAuth } = await import('@ticketi/http');
  if (/^https?:\/\//.test(jwks)) return jwtAuth({ jwks: new URL(jwks), issuer, audience });
  return jwtAuth({ jwks: keySet(resolve(cwd, jwks)), issuer, audience });
}

function keySet(path: string): { keys: Record<string, unknown>[] } {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UsageError(`The keys of --jwks cannot be read from ${path}.`, { cause });
  }
  if (isObject(content) && Array.isArray(content.keys)) {
    return { keys: content.keys.filter(isObject) };
  }
  throw new UsageError(`${path} is no key set: it should be {"keys": [...]}.`);
}
