import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHandler } from '../src/index.ts';
import { aServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await aServer();
});
afterAll(() => server?.close());

const shop = 'https://shop.example';
const preflight = (origin: string) =>
  new Request('http://local/api/v1/orders', {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    },
  });
const read = (origin: string, path = '/api/v1/events') =>
  new Request(`http://local${path}`, { headers: { origin } });

test('without the option no page of another origin may call', async () => {
  const handler = createHandler(server.ticketi);
  expect((await handler(preflight(shop))).headers.get('access-control-allow-origin')).toBeNull();
  expect((await handler(read(shop))).headers.get('access-control-allow-origin')).toBeNull();
});

test('a named origin may, and can read what it needs of errors too', async () => {
  const handler = createHandler(server.ticketi, { cors: { origins: [shop], credentials: true } });
  const allowed = await handler(preflight(shop));
  expect(allowed.status).toBe(204);
  expect(allowed.headers.get('access-control-allow-origin')).toBe(shop);
  expect(allowed.headers.get('access-control-allow-headers')).toContain('idempotency-key');
  for (const path of ['/api/v1/events', '/api/v1/nowhere', '/api/v1/orders/nope']) {
    const { headers } = await handler(read(shop, path));
    expect(headers.get('access-control-allow-origin')).toBe(shop);
    expect(headers.get('access-control-expose-headers')).toContain('x-request-id');
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('vary')).toContain('Origin');
  }
});

test('another origin may not', async () => {
  const handler = createHandler(server.ticketi, { cors: { origins: [shop] } });
  const { headers } = await handler(preflight('https://evil.example'));
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

test('all origins may, but never with cookies', async () => {
  const handler = createHandler(server.ticketi, { cors: { origins: '*', credentials: true } });
  const { headers } = await handler(read('https://anyone.example'));
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('access-control-allow-credentials')).toBeNull();
});
