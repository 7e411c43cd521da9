/** JSON that no cache keeps and no browser takes for something else. */
export function json(
  status: number,
  body: object | string | null,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      ...headers,
    },
  });
}

/** An answer without a body. */
export function empty(
  status: number,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(null, {
    status,
    headers: { 'cache-control': 'no-store', 'x-request-id': requestId, ...headers },
  });
}
