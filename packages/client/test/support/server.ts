import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTicketi, sandboxProvider, type Ticketi } from '@ticketi/core';
import { bearerToken, createHandler, toNodeHandler } from '@ticketi/http';
import { sqlite } from '@ticketi/storage/sqlite';
import { aBoxOffice, type BoxOffice, testClock } from '@ticketi/testing';

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** What a flaky network does to one request; `serve` lets it through. */
export type Mischief = (
  request: IncomingMessage,
  response: ServerResponse,
  serve: Listener,
) => unknown;

export interface TestServer {
  readonly ticketi: Ticketi;
  readonly office: BoxOffice;
  readonly baseUrl: string;
  /** What happens to the next requests, in order; afterwards all is well. */
  readonly mischief: Mischief[];
  /** The requests that came, with their idempotency keys. */
  readonly seen: { method: string; url: string; key: string | undefined }[];
  close(): Promise<void>;
}

export async function aServer(): Promise<TestServer> {
  const ticketi = await createTicketi({
    storage: sqlite(':memory:'),
    clock: testClock(),
    payments: { sandbox: sandboxProvider() },
  });
  const office = await aBoxOffice(ticketi);
  const serve = toNodeHandler(
    createHandler(ticketi, {
      auth: (request) => {
        const token = bearerToken(request);
        return token?.startsWith('user:') ? { type: 'user', id: token.slice(5) } : undefined;
      },
    }),
  );
  const mischief: Mischief[] = [];
  const seen: TestServer['seen'] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const key = headers['idempotency-key'];
    seen.push({ method, url, key: typeof key === 'string' ? key : undefined });
    const next = mischief.shift();
    if (next === undefined) void serve(request, response);
    else next(request, response, serve);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ticketi,
    office,
    baseUrl: `http://127.0.0.1:${port}/api/v1`,
    mischief,
    seen,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await ticketi.close();
    },
  };
}
