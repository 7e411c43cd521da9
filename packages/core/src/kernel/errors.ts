/**
 * What sort of no it is. Surfaces translate a kind once (HTTP to a status, the
 * CLI to an exit code); the core knows neither.
 */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'denied'
  | 'missing'
  | 'conflict'
  | 'mismatch'
  | 'busy'
  | 'fault';

/** One field that was wrong, with the path to it. */
export interface Issue {
  path: string;
  message: string;
}

export interface TicketiErrorFields {
  code: string;
  kind: ErrorKind;
  message: string;
  details?: object | undefined;
  hint?: string | undefined;
  retryable?: boolean | undefined;
  issues?: readonly Issue[] | undefined;
  cause?: unknown;
}

const TICKETI_ERROR = Symbol.for('ticketi.error');

/** Whether something caught is Ticketi's own error, of the SDK or of the client. */
export function hasErrorMark(error: unknown): error is TicketiError {
  return typeof error === 'object' && error !== null && TICKETI_ERROR in error;
}

/**
 * Every expected no of Ticketi. `code` is stable and safe to branch on,
 * `message` is a sentence for people, `details` is data about the case (see
 * `isTicketiError`, which narrows it), `hint` says what to do about it, and
 * `retryable` says that the same call may succeed later.
 */
export class TicketiError extends Error {
  /** Every Ticketi error has this mark, whichever copy or package it comes from. */
  readonly [TICKETI_ERROR] = true;
  override readonly name: string = 'TicketiError';
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: object;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly issues: readonly Issue[] | undefined;

  constructor(fields: TicketiErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.kind = fields.kind;
    this.details = fields.details ?? {};
    this.hint = fields.hint;
    this.retryable = fields.retryable ?? fields.kind === 'busy';
    this.issues = fields.issues;
  }

  /** The error as data, as HTTP and `--json` show it. */
  toJSON(): object {
    return {
      error: this.message,
      code: this.code,
      details: this.details,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.issues === undefined ? {} : { issues: this.issues }),
    };
  }
}

/**
 * Thrown by a storage adapter when a guarded write found that its row had
 * changed meanwhile. The adapter rolls back and runs the work again, a bounded
 * number of times.
 */
export class LostRace extends Error {
  override readonly name = 'LostRace';
}

/**
 * Thrown by a storage adapter when the connection broke while it committed:
 * the work may or may not be there. It is never run again by itself; the caller
 * repeats it with the same idempotency key, or looks.
 */
export class CommitUncertain extends TicketiError {
  constructor(message: string, options?: { cause: unknown }) {
    super({
      code: 'commit_uncertain',
      kind: 'busy',
      message,
      hint: 'Repeat the call with the same idempotency key, or look whether it is done.',
      cause: options?.cause,
    });
  }
}

/**
 * Thrown by a storage adapter when the database cannot be reached, or broke the
 * connection off before it was asked to commit: nothing of the work is there.
 * The same call may be made again. `details.reason` is what the driver or the
 * server called it (`ECONNREFUSED`, `EPIPE`, SQLSTATE `57P01`), `cause` the rest.
 */
export class StorageUnavailable extends TicketiError {
  constructor(reason: string, options: { cause: unknown }) {
    super({
      code: 'storage_unavailable',
      kind: 'busy',
      message: 'The database cannot be reached, or broke the connection off; nothing was written.',
      details: { reason, retryAfterSeconds: 1 },
      hint: 'Try again. If it stays so: is the server running, and is its address right?',
      cause: options.cause,
    });
  }
}
