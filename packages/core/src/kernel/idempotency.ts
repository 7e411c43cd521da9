import { createHash } from 'node:crypto';
import { type Actor, actorName } from './actor.ts';
import { TicketiError } from './errors.ts';
import { type Instant, plusMinutes } from './instant.ts';
import { idempotencyKeyReused, type Refusal } from './refusal.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';

/** The stored answer of a request that was made with an idempotency key. */
export interface IdempotencyRecord {
  /** Digest of the caller and the key: no key and no name lies in the database. */
  id: string;
  /** Digest of the operation and its parsed input. */
  inputHash: string;
  /** What the executor keeps: the answer, sealed with the installation's secret. */
  output: unknown;
  createdAt: string;
  expiresAt: string;
}

/** A call that was made with an idempotency key. */
export interface AskedOnce {
  readonly id: string;
  readonly key: string;
  readonly inputHash: string;
}

export function askedOnce(
  actor: Actor,
  key: string,
  { operation, input }: { operation: string; input: unknown },
): AskedOnce {
  return { id: idempotencyId(actor, key), key, inputHash: inputHash(operation, input) };
}

/** What is answered to a key that was answered before: the same, unless other input is asked about. */
export function answerBefore(
  secrets: Secrets,
  before: IdempotencyRecord,
  asked: AskedOnce,
): { readonly output: unknown } | Refusal {
  if (before.inputHash !== asked.inputHash) {
    return idempotencyKeyReused({ idempotencyKey: asked.key });
  }
  if (typeof before.output !== 'string') throw new TypeError('A kept answer is not sealed.');
  return { output: JSON.parse(new TextDecoder().decode(secrets.open(before.output))) };
}

/** An answer as it is kept, sealed: it holds names and addresses, which nobody should find there. */
export function keptAnswer(
  { secrets, settings, now }: { secrets: Secrets; settings: Settings; now: Instant },
  { id, inputHash }: AskedOnce,
  output: unknown,
): IdempotencyRecord {
  return {
    id,
    inputHash,
    output: secrets.seal(new TextEncoder().encode(JSON.stringify(output))),
    createdAt: now,
    expiresAt: plusMinutes(now, settings.idempotencyMinutes),
  };
}

/** Callers that share no identity share no keys either: theirs must not be guessable. */
const ANONYMOUS_KEY_LENGTH = 20;

export function idempotencyId(actor: Actor, key: string): string {
  if (key.length === 0 || key.length > 255) {
    throw invalidKey('An idempotency key has 1 to 255 characters.');
  }
  if (actor.type === 'anonymous' && key.length < ANONYMOUS_KEY_LENGTH) {
    throw invalidKey(
      `Without signing in, an idempotency key needs at least ${ANONYMOUS_KEY_LENGTH} characters, such as a random UUID.`,
    );
  }
  const caller = actor.type === 'guest' ? `guest:${actor.token}` : actorName(actor);
  return digest(JSON.stringify([caller, key]));
}

function invalidKey(message: string): TicketiError {
  return new TicketiError({
    code: 'invalid_input',
    kind: 'invalid',
    message,
    issues: [{ path: 'idempotencyKey', message }],
  });
}

/** Digest of what was asked; input that differs only in the order of keys is the same. */
function inputHash(operation: string, input: unknown): string {
  return digest(`${operation}\n${canonicalJson(input)}`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
