import type { ErrorKind, Issue } from '@ticketi/core';
import { TicketiError } from './error.ts';

const KIND_OF: Readonly<Record<number, ErrorKind>> = {
  401: 'unauthenticated',
  403: 'denied',
  404: 'missing',
  409: 'conflict',
  422: 'mismatch',
  429: 'busy',
  502: 'busy',
  503: 'busy',
  504: 'busy',
};

/** What the operation answered; throws what the server refused. */
export async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  const body = parsed(text);
  if (response.ok && body !== undefined) return body;
  throw response.ok ? notTicketi(response) : errorOf(response, body);
}

function errorOf(response: Response, body: unknown): TicketiError {
  const { status } = response;
  const kind = KIND_OF[status] ?? (status >= 400 && status < 500 ? 'invalid' : 'fault');
  const fields = {
    kind,
    status,
    requestId: response.headers.get('x-request-id') ?? undefined,
    retryAfterSeconds: secondsOf(response.headers.get('retry-after')),
  };
  if (!isError(body)) {
    // A proxy on the way, or something that is no Ticketi at all.
    const message = `The server answered ${status} without saying why.`;
    return new TicketiError({ ...fields, code: 'unexpected_answer', message });
  }
  const { error: message, code, details, hint, issues } = body;
  return new TicketiError({ ...fields, code, message, details, hint, issues });
}

function notTicketi({ status, url }: Response): TicketiError {
  return new TicketiError({
    code: 'unexpected_answer',
    kind: 'fault',
    status,
    message: 'The server answered with something that is not JSON.',
    details: { url },
    hint: 'Check `baseUrl`: it includes the path that the API lies under, such as /api/v1.',
  });
}

interface ErrorBody {
  error: string;
  code: string;
  details?: object;
  hint?: string;
  issues?: Issue[];
}

function isError(body: unknown): body is ErrorBody {
  return (
    typeof body === 'object' &&
    body !== null &&
    'error' in body &&
    typeof body.error === 'string' &&
    'code' in body &&
    typeof body.code === 'string'
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in seconds; a date counts from now, as the server's own clock tells it. */
function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}
