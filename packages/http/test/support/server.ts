import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTicketi, type Storage, sandboxProvider, type Ticketi } from '@ticketi/core';
import { sqlite } from '@ticketi/storage/sqlite';
import { aBoxOffice, type BoxOffice, type TestClock, testClock } from '@ticketi/testing';
import {
  type Authenticate,
  bearerToken,
  createHandler,
  type Handler,
  type HandlerOptions,
  toNodeHandler,
} from '../../src/index.ts';

/** Tests sign in as `Bearer user:<id>`; every other token is left to the handler. */
const testAuth: Authenticate = (request) => {
  const token = bearerToken(request);
  return token?.startsWith('user:') ? { type: 'user', id: token.slice(5) } : undefined;
};

/** Signs the sandbox's webhooks. */
export const WEBHOOK_SECRET = 'the secret of webhooks';

export interface TestServer {
  readonly ticketi: Ticketi;
  readonly clock: TestClock;
  readonly office: BoxOffice;
  readonly handler: Handler;
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** A box office behind a real socket, on SQLite unless told otherwise. */
export async function aServer(
  options: HandlerOptions = {},
  storage: Storage = sqlite(':memory:'),
): Promise<TestServer> {
  const clock = testClock();
  const ticketi = await createTicketi({
    storage,
    clock,
    payments: { sandbox: sandboxProvider({ secret: WEBHOOK_SECRET }) },
  });
  const office = await aBoxOffice(ticketi);
  const handler = createHandler(ticketi, { auth: testAuth, ...options });
  const { origin, close } = await listening(toNodeHandler(handler));
  return {
    ticketi,
    clock,
    office,
    handler,
    origin,
    async close() {
      await close();
      await ticketi.close();
    },
  };
}

export async function listening(listener: Parameters<typeof createServer>[1]) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every form
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** Sends JSON as somebody and reads the JSON that comes back. */
export async function send(
  origin: string,
  method: string,
  path: string,
  {
    as,
    body,
    text: given = body === undefined ? undefined : JSON.stringify(body),
    headers = {},
  }: { as?: string; body?: unknown; text?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: {
      ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(given === undefined ? {} : { body: given }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
