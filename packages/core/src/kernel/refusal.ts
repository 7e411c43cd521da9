import * as z from 'zod';
import { type ErrorKind, TicketiError } from './errors.ts';

/**
 * An expected no, as a value that a decision returns. Nothing is thrown until
 * the SDK's edge, where it becomes a `TicketiError`.
 */
export class Refusal<Code extends string = string> {
  readonly code: Code;
  readonly kind: ErrorKind;
  readonly message: string;
  readonly details: object;
  readonly hint: string | undefined;

  constructor(
    type: { code: Code; kind: ErrorKind; hint?: string | undefined },
    message: string,
    details: object,
  ) {
    this.code = type.code;
    this.kind = type.kind;
    this.hint = type.hint;
    this.message = message;
    this.details = details;
  }
}

/** A refusal as a room declares it: call it with the details to get the value. */
export interface RefusalType<
  Code extends string = string,
  Details extends z.ZodObject = z.ZodObject,
> {
  (details: z.output<Details>): Refusal<Code>;
  readonly code: Code;
  readonly kind: ErrorKind;
  readonly details: Details;
  /** What it means, for the docs and the OpenAPI document. */
  readonly meaning: string;
  readonly hint: string | undefined;
}

/**
 * Declares a refusal, once, in the room that it belongs to.
 *
 * @param code stable snake_case code
 * @param message the sentence a person reads, from the details
 */
export function refusal<const Code extends string, Details extends z.ZodObject>(
  code: Code,
  options: {
    kind: ErrorKind;
    meaning: string;
    details: Details;
    hint?: string;
    message: (details: z.output<Details>) => string;
  },
): RefusalType<Code, Details> {
  const { kind, meaning, details, hint, message } = options;
  const make = (given: z.output<Details>) =>
    new Refusal({ code, kind, hint }, message(given), given);
  return Object.assign(make, { code, kind, details, meaning, hint });
}

export function isRefusal(value: unknown): value is Refusal {
  return value instanceof Refusal;
}

/** The result, unless it is a refusal: that is thrown as the error of it. */
export function orThrow(result: unknown): unknown {
  if (isRefusal(result)) throw errorOf(result);
  return result;
}

/** A refusal as the error that callers of the SDK catch. */
export function errorOf(refused: Refusal): TicketiError {
  return new TicketiError(refused);
}

export const notFound = refusal('not_found', {
  kind: 'missing',
  meaning: 'There is no such record, or the caller may not know of it.',
  details: z.object({ kind: z.string(), id: z.string() }),
  message: ({ kind, id }) => `There is no ${kind} ${id}.`,
});

export const notAllowed = refusal('not_allowed', {
  kind: 'denied',
  meaning: 'The caller is known but may not do this.',
  details: z.object({ operation: z.string(), allowed: z.string() }),
  message: ({ operation, allowed }) => `${operation} is for ${allowed}.`,
});

export const unauthenticated = refusal('unauthenticated', {
  kind: 'unauthenticated',
  meaning: 'The caller did not say who they are, and this is not for everyone.',
  details: z.object({ operation: z.string(), allowed: z.string() }),
  message: ({ operation, allowed }) => `Sign in first: ${operation} is for ${allowed}.`,
});

export const busy = refusal('busy', {
  kind: 'busy',
  meaning: 'Too many requests are waiting for the same event.',
  details: z.object({ retryAfterSeconds: z.number() }),
  hint: 'Try again after the stated seconds.',
  message: ({ retryAfterSeconds }) =>
    `Too many requests are waiting; try again in ${retryAfterSeconds} s.`,
});

export const notInTransaction = refusal('not_in_transaction', {
  kind: 'invalid',
  meaning:
    'The operation has effects outside the database, so it cannot run in a host’s transaction.',
  details: z.object({ operation: z.string() }),
  hint: 'Call it on the Ticketi that is not joined, after your transaction has committed.',
  message: ({ operation }) =>
    `${operation} has effects outside the database and cannot run inside a transaction of the host.`,
});

export const idempotencyKeyReused = refusal('idempotency_key_reused', {
  kind: 'mismatch',
  meaning: 'The idempotency key was used before, with other input.',
  details: z.object({ idempotencyKey: z.string() }),
  hint: 'Use a new key for a new request; repeat a key only with the same input.',
  message: ({ idempotencyKey }) =>
    `The idempotency key ${idempotencyKey} belongs to a request with other input.`,
});

export const idempotencyInProgress = refusal('idempotency_in_progress', {
  kind: 'conflict',
  meaning: 'A request with the same idempotency key is still running.',
  details: z.object({ idempotencyKey: z.string(), retryAfterSeconds: z.number() }),
  hint: 'Repeat the request after the stated seconds to get its answer.',
  message: ({ idempotencyKey }) =>
    `A request with the idempotency key ${idempotencyKey} is still running.`,
});
