import type { Issue } from '@ticketi/core';

interface RequestErrorFields {
  status: number;
  code: string;
  message: string;
  hint?: string;
  issues?: readonly Issue[];
  details?: object;
  headers?: Readonly<Record<string, string>>;
}

/** What is wrong with a request before any operation sees it. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;
  readonly code: string;
  readonly details: object;
  readonly hint: string | undefined;
  readonly issues: readonly Issue[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(fields: RequestErrorFields, options?: ErrorOptions) {
    super(fields.message, options);
    this.status = fields.status;
    this.code = fields.code;
    this.details = fields.details ?? {};
    this.hint = fields.hint;
    this.issues = fields.issues;
    this.headers = fields.headers ?? {};
  }
}

/** Input with one field that is wrong, told as the core tells it. */
export function invalidField(path: string, message: string): RequestError {
  return new RequestError({
    status: 400,
    code: 'invalid_input',
    message: `The input is not valid: ${path}: ${message}`,
    issues: [{ path, message }],
  });
}
