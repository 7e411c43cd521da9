import { type ErrorKind, isTicketiError, type TicketiError } from '@ticketi/core';
import { json } from './reply.ts';
import { RequestError } from './request-error.ts';

/** The one place where a kind of no becomes a status. */
export const STATUS_OF = {
  invalid: 400,
  unauthenticated: 401,
  denied: 403,
  missing: 404,
  conflict: 409,
  mismatch: 422,
  busy: 503,
  fault: 500,
} as const satisfies Record<ErrorKind, number>;

export type OnError = (error: unknown, requestId: string) => void;

/** Whatever was thrown, as the answer. What nobody expected is told to the host alone. */
export function failure(error: unknown, requestId: string, onError: OnError | undefined): Response {
  if (error instanceof RequestError) {
    const { status, code, message, details, hint, issues, headers } = error;
    return json(
      status,
      { error: message, code, details, ...defined({ hint, issues }), requestId },
      requestId,
      headers,
    );
  }
  if (isTicketiError(error)) {
    if (isOurs(error)) tell(onError, error, requestId);
    return json(
      STATUS_OF[error.kind],
      { ...error.toJSON(), requestId },
      requestId,
      headersOf(error),
    );
  }
  tell(onError, error, requestId);
  const body = {
    error: 'Something went wrong on our side.',
    code: 'internal',
    details: {},
    requestId,
  };
  return json(500, body, requestId);
}

/** A fault, or a busy that has a cause beneath it, as a database that is away. */
function isOurs({ kind, cause }: TicketiError): boolean {
  return kind === 'fault' || (kind === 'busy' && cause !== undefined);
}

function headersOf(error: TicketiError): Record<string, string> {
  if (error.kind === 'unauthenticated') return { 'www-authenticate': challenge(error.code) };
  const seconds = retryAfterSeconds(error);
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

/** RFC 6750, 3: a token that was there and is no good is named as the reason. */
function challenge(code: string): string {
  return code === 'invalid_token' ? 'Bearer error="invalid_token"' : 'Bearer';
}

function retryAfterSeconds({ kind, details }: TicketiError): number | undefined {
  if ('retryAfterSeconds' in details && typeof details.retryAfterSeconds === 'number') {
    return Math.max(0, Math.ceil(details.retryAfterSeconds));
  }
  return kind === 'busy' ? 1 : undefined;
}

function defined<Fields extends object>(fields: Fields): Partial<Fields> {
  const given: Partial<Fields> = { ...fields };
  for (const key in given) if (given[key] === undefined) delete given[key];
  return given;
}

/** A host's hook that throws must not take the answer with it. */
export function tell(onError: OnError | undefined, error: unknown, requestId: string): void {
  try {
    onError?.(error, requestId);
  } catch {
    // There is nobody left to tell.
  }
}
