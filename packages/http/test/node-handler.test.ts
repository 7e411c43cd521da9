import { connect } from 'node:net';
import express from 'express';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toNodeHandler } from '../src/index.ts';
import { aServer, listening, send, type TestServer } from './support/server.ts';

// Taken before anything is served.
const globals = { Request, Response };

let server: TestServer;
beforeAll(async () => {
  server = await aServer();
});
afterAll(() => server?.close());

const organizer = { as: 'user:ed', body: { name: 'Ed & Co' } };

test('Express mounts it under its path, with its own body parser before it or without', async () => {
  const listener = toNodeHandler(server.handler);
  const bare = express().use('/api/v1', listener);
  const parsed = express().use(express.json()).use('/api/v1', listener);
  for (const app of [bare, parsed]) {
    const { origin, close } = await listening(app);
    const made = await send(origin, 'POST', '/organizers', organizer);
    expect(made).toMatchObject({ status: 201, body: { name: 'Ed & Co' } });
    expect(
      await send(origin, 'GET', made.headers.get('location')?.slice(7) ?? '', { as: organizer.as }),
    ).toMatchObject({ status: 200 });
    await close();
  }
});

test('Fastify hands its raw requests over', async () => {
  const app = fastify();
  const listener = toNodeHandler(server.handler);
  app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.all('/api/v1/*', async (request, reply) => {
      reply.hijack();
      await listener(request.raw, reply.raw);
    });
    done();
  });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const made = await send(origin, 'POST', '/organizers', organizer);
  expect(made).toMatchObject({ status: 201, body: { name: 'Ed & Co' } });
  await app.close();
});

test('it leaves the globals of its host alone', () => {
  expect(globalThis.Request).toBe(globals.Request);
  expect(globalThis.Response).toBe(globals.Response);
});

test.each([
  ['no host', 'GET /healthz HTTP/1.0\r\n\r\n'],
  ['a host that is none', 'GET /healthz HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n'],
  ['an address that is none', 'GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
])('a request with %s is a 400', async (_what, text) => {
  const answer = await overSocket(text);
  expect(answer).toMatch(/^HTTP\/1\.1 400/);
  expect(answer).toContain('"code":"bad_request"');
});

test('a path that is no UTF-8 is the caller’s mistake', async () => {
  const answer = await overSocket(
    'GET /api/v1/events/%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400/);
});

test('a body that breaks off harms nobody', async () => {
  await overSocket(
    'POST /api/v1/organizers HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"na',
    true,
  );
  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
});

function overSocket(text: string, hangUp = false): Promise<string> {
  const { hostname, port } = new URL(server.origin);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(text);
      if (hangUp) setTimeout(() => socket.destroy(), 20);
    });
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
