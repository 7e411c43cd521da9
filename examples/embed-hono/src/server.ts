// A Hono application with ticketing in it. Hono speaks Request and Response, so the handler is
// mounted as it is. Who is signed in is the application's business: here a header says so, which is
// good for nothing but an example.
import { serve } from '@hono/node-server';
import { createTicketi } from '@ticketi/core';
import { createHandler } from '@ticketi/http';
import { sqlite } from '@ticketi/storage/sqlite';
import { Hono } from 'hono';

const ticketi = await createTicketi({
  storage: sqlite(process.env.DATABASE ?? 'box-office.db'),
});
const handler = createHandler(ticketi, {
  basePath: '/tickets',
  auth(request) {
    const id = request.headers.get('x-demo-user');
    return id === null ? undefined : { type: 'user', id };
  },
});

const app = new Hono();
app.all('/tickets/*', ({ req }) => handler(req.raw));
// The same operations in process: no HTTP between the application and its tickets.
app.get('/', async (context) => {
  const { items } = await ticketi.as({ type: 'anonymous' }).events.list();
  return context.text(items.map(({ name }) => `${name}\n`).join(''));
});

const port = Number(process.env.PORT ?? 3000);
const server = serve({ fetch: app.fetch, port }, (address) => {
  process.stdout.write(`http://localhost:${address.port}\n`);
});
process.once('SIGTERM', () => server.close(() => void ticketi.close()));
