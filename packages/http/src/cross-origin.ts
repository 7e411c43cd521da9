import { cors } from 'hono/cors';

/** Which pages of other origins may call. */
export interface CorsOptions {
  /** Origins as browsers name them (`https://shop.example`), or `*` for all. */
  origins: readonly string[] | '*';
  /** Whether cookies may come along; not with `*`. Default false. */
  credentials?: boolean;
  /** Seconds for which a browser keeps the answer to its preflight. Default 600. */
  maxAge?: number;
}

export function crossOrigin({ origins, credentials = false, maxAge = 600 }: CorsOptions) {
  return cors({
    origin: origins === '*' ? '*' : [...origins],
    allowHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'if-none-match',
      'x-request-id',
    ],
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposeHeaders: ['etag', 'location', 'retry-after', 'x-request-id'],
    credentials: credentials && origins !== '*',
    maxAge,
  });
}
