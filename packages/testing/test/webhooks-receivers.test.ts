import { type AddressInfo, createServer, type Socket } from 'node:net';
import { sqlite } from '@ticketi/storage/sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { aBoxOffice, testClock } from '../src/index.ts';
import { ticketiOn } from './support/databases.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const endless = (socket: Socket, text: string) => {
  const timer = setInterval(() => socket.write(text), 5);
  socket.on('close', () => clearInterval(timer));
};

/** What receivers may do that speak no HTTP, or never come to an end. */
const ODD: Record<string, (socket: Socket) => void> = {
  'changes the protocol': (socket) =>
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
  'changes it without saying to what': (socket) => socket.write('HTTP/1.1 101 Go on\r\n\r\n'),
  'closes in the middle of its headers': (socket) =>
    socket.end('HTTP/1.1 200 OK\r\ncontent-type: te'),
  'never ends its headers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    endless(socket, 'x-more: and more\r\n');
  },
  'says nothing at all': () => {},
  'closes at once': (socket) => socket.destroy(),
  'talks of something else': (socket) => socket.write('220 mail.example.com ESMTP\r\n'),
};

/** How a test goes to a receiver that does so; no connection is left when Ticketi is closed. */
async function answered(speak: (socket: Socket) => void) {
  let ended = () => {};
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('close', ended);
    socket.once('data', () => speak(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => server.close());
  const ticketi = await ticketiOn(sqlite(':memory:'), testClock(), {
    webhooks: { allowPrivateAddresses: true, timeoutMilliseconds: 300 },
  });
  const { organizer } = await aBoxOffice(ticketi);
  const { port } = server.address() as AddressInfo;
  const { id: endpointId } = await ticketi.webhooks.createEndpoint({
    organizerId: organizer.id,
    url: `http://127.0.0.1:${port}/`,
  });
  const result = await ticketi.webhooks.sendTest({ endpointId });
  await ticketi.close();
  await end;
  return result;
}

describe('an attempt ends', () => {
  test.each(Object.entries(ODD))(
    'where the receiver %s',
    async (_what, speak) => {
      const result = await answered(speak);
      expect(result).toMatchObject({ delivered: false });
      expect(['timeout', 'connection', 'status']).toContain(result.error);
    },
    5000,
  );

  test.each([
    ['fast', (socket: Socket) => endless(socket, 'x'.repeat(16_000))],
    ['slowly', (socket: Socket) => endless(socket, 'x')],
  ])(
    'where an answer goes on %s for ever, with its status',
    async (_how, goOn) => {
      const result = await answered((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n');
        goOn(socket);
      });
      expect(result).toMatchObject({ delivered: true, status: 200 });
      expect(result.response).toMatch(/^x{1,1024}$/);
    },
    5000,
  );
});
