// An Express application with ticketing in it. Who is signed in is the application's business:
// here a header says so, which is good for nothing but an example.
import { createTicketi } from '@ticketi/core';
import { createHandler, toNodeHandler } from '@ticketi/http';
import { sqlite } from '@ticketi/storage/sqlite';
import express from 'express';

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

const app = express();
app.use('/tickets', toNodeHandler(handler));
// The same operations in process: no HTTP between the application and its tickets.
app.get('/', async (_request, response) => {
  const { items } = await ticketi.as({ type: 'anonymous' }).events.list();
  response.type('text').send(items.map(({ name }) => `${name}\n`).join(''));
});

const server = app.listen(Number(process.env.PORT ?? 3000), () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  process.stdout.write(`http://localhost:${port}\n`);
});
process.once('SIGTERM', () => server.close(() => void ticketi.close()));
