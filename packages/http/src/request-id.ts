const PLAIN = /^[\w.:-]{1,128}$/;

/** The caller's `X-Request-Id` when it is fit for logs and headers, else a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given !== null && PLAIN.test(given) ? given : crypto.randomUUID();
}
