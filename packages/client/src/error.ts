import type { ErrorKind, Issue, RefusalCode, RefusedWith } from '@ticketi/core';

interface Fields {
  code: string;
  kind: ErrorKind;
  message: string;
  details?: object | undefined;
  hint?: string | undefined;
  issues?: readonly Issue[] | undefined;
  status?: number | undefined;
  requestId?: string | undefined;
  retryAfterSeconds?: number | undefined;
  cause?: unknown;
}

const TICKETI_ERROR = Symbol.for('ticketi.error');

/**
 * Every no of a server, in the form of the SDK's own error: `code` is stable,
 * `message` a sentence for people, `details` data about the case. What never
 * got an answer has the code `network_error`, `timeout` or `aborted`.
 */
export class TicketiError extends Error {
  /** The mark by which the SDK's `isTicketiError` knows it too. */
  readonly [TICKETI_ERROR] = true;
  override readonly name = 'TicketiError';
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: object;
  readonly hint: string | undefined;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  readonly issues: readonly Issue[] | undefined;
  /** The HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** Names the request in the server's logs. */
  readonly requestId: string | undefined;
  /** How long the server asks to wait before the next try. */
  readonly retryAfterSeconds: number | undefined;

  constructor(fields: Fields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.kind = fields.kind;
    this.details = fields.details ?? {};
    this.hint = fields.hint;
    this.retryable = fields.kind === 'busy';
    this.issues = fields.issues;
    this.status = fields.status;
    this.requestId = fields.requestId;
    this.retryAfterSeconds = fields.retryAfterSeconds;
  }

  /** The error as data, as the server and `--json` show it. */
  toJSON(): object {
    return {
      error: this.message,
      code: this.code,
      details: this.details,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.issues === undefined ? {} : { issues: this.issues }),
      ...(this.requestId === undefined ? {} : { requestId: this.requestId }),
    };
  }
}

/**
 * Whether something caught is Ticketi's. With a code it narrows `details`:
 * `isTicketiError(error, 'sold_out') && error.details.available`.
 */
export function isTicketiError(error: unknown): error is TicketiError;
export function isTicketiError<Code extends RefusalCode>(
  error: unknown,
  code: Code,
): error is TicketiError & Pick<RefusedWith<Code>, 'code' | 'details'>;
export function isTicketiError(error: unknown, code?: string): boolean {
  return error instanceof TicketiError && (code === undefined || error.code === code);
}
