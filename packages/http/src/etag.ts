import { createHash } from 'node:crypto';

/** A strong validator: the digest of the very bytes that are sent (RFC 9110, 8.8.3). */
export function etagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** Whether the caller already has this answer (RFC 9110, 13.1.2: weak comparison). */
export function matches(request: Request, etag: string): boolean {
  const known = request.headers.get('if-none-match');
  if (known === null) return false;
  return known.split(',').some((tag) => {
    const strong = tag.trim().replace(/^W\//, '');
    return strong === '*' || strong === etag;
  });
}
