import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ticketi } from '@ticketi/core';

/** A webhook as it came. */
interface Received {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: { readonly type: string; readonly eventId: string | null; readonly data: object };
}

/** Answers a webhook in its own way; it answers 204 when it does nothing. */
type Answering = (received: Received, response: ServerResponse) => unknown;

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  answering: Answering;
  close(): Promise<void>;
}

/** A server that takes webhooks, on a port that is free. */
export async function aReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const receiver = {
    url: '',
    received,
    answering: (() => {}) as Answering,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const one = {
        id: String(request.headers['webhook-id']),
        headers: request.headers,
        body,
        event: JSON.parse(body),
      };
      received.push(one);
      await receiver.answering(one, response);
      if (!response.headersSent && !response.destroyed) response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  receiver.url = `http://127.0.0.1:${port}/hooks`;
  return receiver;
}

/** Does what a worker does for webhooks and subscribers until nothing is due. */
export async function workAll(ticketi: Ticketi): Promise<number> {
  let done = 0;
  for (const work of [
    ticketi.outbox.number,
    ticketi.outbox.dispatch,
    ticketi.webhooks.enqueue,
    ticketi.webhooks.deliver,
  ]) {
    for (let last = 1; last > 0; ) {
      last = (await work({})).done;
      done += last;
    }
  }
  return done;
}
