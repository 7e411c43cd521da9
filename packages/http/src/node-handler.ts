import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Handler } from './handler.ts';
import { json } from './reply.ts';

/** A listener as `node:http`, Express, Connect and Fastify's raw requests take it. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * The handler for `node:http`, Express and Fastify:
 * `http.createServer(toNodeHandler(handler))`, `app.use('/api/v1', toNodeHandler(handler))`.
 *
 * Under a mount path the handler sees the full path, so its `basePath` is what
 * callers see. A body that the host has already parsed as JSON is used as it is.
 */
export function toNodeHandler(handler: Handler): NodeHandler {
  const listener = getRequestListener((request) => handler(request), {
    // A library does not replace its host's `Request` and `Response`.
    overrideGlobalObjects: false,
    errorHandler: unreadable,
  });
  return (request: Mounted, response) => {
    if (request.originalUrl !== undefined) request.url = request.originalUrl;
    if (request.readableEnded && request.body !== undefined && request.rawBody === undefined) {
      restoreBody(request, request.body);
    }
    return listener(request, response);
  };
}

/** What frameworks add to a request before it gets here. */
interface Mounted extends IncomingMessage {
  originalUrl?: string;
  body?: unknown;
  rawBody?: Buffer;
}

function restoreBody(request: Mounted, body: unknown): void {
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  request.rawBody = bytes;
  // It may have been compressed, or spelled otherwise, when it came.
  request.headers['content-length'] = String(bytes.byteLength);
}

/** A request line or a Host header of which no URL can be made. */
function unreadable(): Response {
  const requestId = crypto.randomUUID();
  const body = {
    error: 'The request cannot be read.',
    code: 'bad_request',
    details: {},
    requestId,
  };
  return json(400, body, requestId);
}
