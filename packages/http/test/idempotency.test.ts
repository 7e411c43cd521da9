import { randomUUID } from 'node:crypto';
import { sandboxWebhook } from '@ticketi/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aServer, send, type TestServer, WEBHOOK_SECRET } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await aServer();
});
afterAll(() => server?.close());

const hold = (key: string, quantity: number) =>
  send(server.origin, 'POST', `/events/${server.office.event.id}/holds`, {
    body: { items: [{ ticketTypeId: server.office.standard.id, quantity }] },
    headers: { 'idempotency-key': key },
  });

test('a repeat with the same key gets the first answer, and nothing happens twice', async () => {
  const key = randomUUID();
  const answers = [await hold(key, 1), await hold(key, 1)];
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(answers[1]?.body).toEqual(answers[0]?.body);
  const { items } = await server.ticketi.pools.list({ eventId: server.office.event.id });
  expect(items[0]).toMatchObject({ claimed: 1 });
});

test('other input under the same key is a 422', async () => {
  const key = randomUUID();
  await hold(key, 1);
  expect(await hold(key, 2)).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  });
});

test('many at once with one key make one hold; who comes too early is told when to come back', async () => {
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 20 }, () => hold(key, 1)));
  const made = answers.filter(({ status }) => status === 201);
  expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
  for (const { status, body, headers } of answers) {
    if (status === 201) continue;
    expect(status).toBe(409);
    expect(body.code).toBe('idempotency_in_progress');
    expect(headers.get('retry-after')).toBe('1');
  }
});

test('a key that others could guess is refused to who did not sign in', async () => {
  expect(await hold('1', 1)).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
});

test('what a provider sends is taken in whatever key it has', async () => {
  const { headers, body } = sandboxWebhook(WEBHOOK_SECRET, []);
  const response = await fetch(`${server.origin}/api/v1/payments/providers/sandbox/webhook`, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': 'evt_1' },
    body,
  });
  expect(response.status).toBe(200);
});
