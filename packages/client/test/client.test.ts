import type { OperationName, Surface, Ticket } from '@ticketi/core';
import { operations } from '@ticketi/core';
import { createHandler } from '@ticketi/http';
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import { createClient, isTicketiError, TicketiError } from '../src/index.ts';
import { aServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await aServer();
});
afterAll(() => server?.close());

const anonymous = () => createClient({ baseUrl: server.baseUrl });
const caught = (call: Promise<unknown>) => call.catch((error: unknown) => error);

test('code that takes the surface in process takes a client', async () => {
  const titles = async (surface: Surface) => {
    const { items } = await surface.events.list({ limit: 10 });
    return items.map(({ name }) => name);
  };
  const here = await titles(server.ticketi.as({ type: 'anonymous' }));
  expect(await titles(anonymous())).toEqual(here);
  expect(here).toEqual(['Summer Fest']);
  expectTypeOf(anonymous()).toExtend<Surface>();
});

test('it has every group and verb of the registry', () => {
  const client = anonymous();
  for (const [group, verbs] of Object.entries(operations)) {
    for (const verb of Object.keys(verbs)) expect(client).toHaveProperty([group, verb]);
  }
});

test('a whole purchase, from hold to scan', async () => {
  const { office } = server;
  const eventId = office.event.id;
  const hold = await anonymous().holds.create({
    eventId,
    items: [{ ticketTypeId: office.standard.id, quantity: 2 }],
    codes: ['EARLY'],
  });
  const guest = anonymous().with({ token: hold.accessToken ?? '' });
  const order = await guest.orders.place({
    holdId: hold.id,
    buyer: { name: 'Ada', email: 'ada@example.com' },
  });
  const paid = await guest.orders.pay({ orderId: order.id, provider: 'sandbox' });
  expect(paid).toEqual(
    // What members note about an order is not for its buyer.
    await server.ticketi.orders.get({ orderId: order.id }).then(({ notes: _notes, ...stored }) => ({
      ...stored,
      accessToken: paid.accessToken,
    })),
  );

  const tickets: Ticket[] = [];
  for await (const ticket of guest.tickets.iterate({ orderId: order.id, limit: 1 })) {
    tickets.push(ticket);
  }
  expect(tickets).toHaveLength(2);
  const { code } = await guest.tickets.code({ ticketId: tickets[0]?.id ?? '' });
  const door = anonymous().with({ token: () => Promise.resolve('user:owner') });
  const scan = await door.checkin.scan({ eventId, code, gate: null });
  expect(scan.admitted).toBe(true);
});

test('a refusal is the error that it is in process', async () => {
  const input = {
    eventId: server.office.event.id,
    items: [{ ticketTypeId: server.office.standard.id, quantity: 1000 }],
  };
  const there = await caught(anonymous().holds.create(input));
  const here = await caught(server.ticketi.as({ type: 'anonymous' }).holds.create(input));
  if (!isTicketiError(there)) throw there;
  const { requestId, ...data } = JSON.parse(JSON.stringify(there));
  expect(data).toEqual(JSON.parse(JSON.stringify(here)));
  expect(requestId).toBe(there.requestId);
  expect(there).toMatchObject({ name: 'TicketiError', kind: (here as TicketiError).kind });
  expect(there).toBeInstanceOf(TicketiError);
});

test('a code narrows the details', async () => {
  const error = await caught(
    anonymous().holds.create({
      eventId: server.office.event.id,
      items: [{ ticketTypeId: server.office.standard.id, quantity: 1 }],
      codes: ['NOPE'],
    }),
  );
  if (!isTicketiError(error, 'code_not_valid')) throw error;
  expectTypeOf(error.details.code).toEqualTypeOf<string>();
  expect(error.details.code).toBe('NOPE');
  expect(isTicketiError(error, 'sold_out')).toBe(false);
});

test('wrong fields are named, whether the server finds them or the address cannot be made', async () => {
  const limit = await caught(anonymous().events.list({ limit: 0 }));
  expect(limit).toMatchObject({ code: 'invalid_input', issues: [{ path: 'limit' }], status: 400 });
  for (const eventId of ['', '.', '..', undefined, 7]) {
    const error = await caught(anonymous().call('events.get', { eventId }));
    expect(error).toMatchObject({ code: 'invalid_input', issues: [{ path: 'eventId' }] });
  }
  const hostile = await caught(anonymous().events.get({ eventId: '../../healthz?x=' }));
  expect(hostile).toMatchObject({ code: 'invalid_input', status: 400 });
});

test('what only code in the same process may do says so without a request', async () => {
  const before = server.seen.length;
  const names: OperationName[] = ['holds.sweep', 'payments.record', 'doctor.check'];
  for (const name of names) {
    expect(await caught(anonymous().call(name, {}))).toMatchObject({ code: 'in_process_only' });
  }
  expect(server.seen).toHaveLength(before);
});

test('a server that is no Ticketi is told from a refusal', async () => {
  const page = createClient({
    baseUrl: 'http://local',
    fetch: async () =>
      new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } }),
  });
  expect(await caught(page.events.list())).toMatchObject({
    code: 'unexpected_answer',
    kind: 'fault',
  });
  const proxy = createClient({
    baseUrl: 'http://local',
    retries: 0,
    fetch: async () => new Response('Bad gateway', { status: 502 }),
  });
  expect(await caught(proxy.events.list())).toMatchObject({
    code: 'unexpected_answer',
    kind: 'busy',
    status: 502,
  });
});

test('a handler in the same process needs no socket', async () => {
  const client = createClient({
    baseUrl: 'http://local/api/v1/',
    fetch: createHandler(server.ticketi),
  });
  expect((await client.events.get({ eventId: server.office.event.id })).name).toBe('Summer Fest');
});
