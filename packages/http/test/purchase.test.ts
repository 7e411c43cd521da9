import { afterAll, beforeAll, expect, test } from 'vitest';
import { aServer, send, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await aServer();
});
afterAll(() => server?.close());

const buyer = { name: 'Ada', email: 'ada@example.com' };

test('somebody without an account buys tickets, resells one, and both come in', async () => {
  const { origin, office } = server;
  const eventId = office.event.id;

  const hold = await send(origin, 'POST', `/events/${eventId}/holds`, {
    body: { items: [{ ticketTypeId: office.standard.id, quantity: 2 }], codes: ['EARLY'] },
  });
  expect(hold.status).toBe(201);
  expect(hold.headers.get('location')).toBe(`/api/v1/holds/${hold.body.id}`);
  const guest = hold.body.accessToken;
  expect(guest).toMatch(/^hld_.+\../);

  const placed = await send(origin, 'POST', '/orders', {
    as: guest,
    body: { holdId: hold.body.id, buyer },
  });
  expect(placed.status).toBe(201);
  expect(placed.body).toMatchObject({ state: 'pending', total: 9362 });

  const paid = await send(origin, 'POST', `/orders/${placed.body.id}/pay`, {
    as: guest,
    body: { provider: 'sandbox' },
  });
  expect(paid.status).toBe(200);
  expect(paid.body.state).toBe('paid');

  const tickets = await send(origin, 'GET', `/tickets?orderId=${placed.body.id}&limit=10`, {
    as: guest,
  });
  expect(tickets.body.items).toHaveLength(2);
  const [first, second] = tickets.body.items;

  const listing = await send(origin, 'POST', `/tickets/${second.id}/listings`, {
    as: guest,
    body: { price: second.price },
  });
  expect(listing.status).toBe(201);
  const resold = await send(origin, 'POST', `/listings/${listing.body.id}/orders`, {
    body: { buyer: { name: 'Ben', email: 'ben@example.com' }, payment: { provider: 'sandbox' } },
  });
  expect(resold.status).toBe(201);
  expect(resold.body).toMatchObject({ kind: 'resale', state: 'paid' });

  const bens = await send(origin, 'GET', '/tickets', { as: resold.body.accessToken });
  for (const [ticket, token] of [
    [first, guest],
    [bens.body.items[0], resold.body.accessToken],
  ]) {
    const code = await send(origin, 'GET', `/tickets/${ticket.id}/code`, { as: token });
    expect(code.status).toBe(200);
    const scan = await send(origin, 'POST', `/events/${eventId}/scans`, {
      as: 'user:owner',
      body: { code: code.body.code, gate: 'North' },
    });
    expect(scan.status).toBe(201);
    expect(scan.body.admitted).toBe(true);
  }
});

test("a guest's token opens the guest's own things and nothing else", async () => {
  const { origin, office } = server;
  const hold = async () => {
    const items = [{ ticketTypeId: office.standard.id, quantity: 1 }];
    const made = await send(origin, 'POST', `/events/${office.event.id}/holds`, {
      body: { items },
    });
    return made.body;
  };
  const mine = await hold();
  const other = await hold();
  const look = (id: string, as?: string) =>
    send(origin, 'GET', `/holds/${id}`, as === undefined ? {} : { as });

  expect((await look(mine.id, mine.accessToken)).status).toBe(200);
  expect((await look(mine.id, other.accessToken)).status).toBe(403);
  expect((await look(mine.id)).status).toBe(401);
  const forged = mine.accessToken.replace(/.$/, (last: string) => (last === 'A' ? 'B' : 'A'));
  expect((await look(mine.id, forged)).status).toBe(403);
  expect((await look(mine.id, 'hld_short.x')).status).toBe(401);
});

test.each([
  [
    'POST',
    (id: string) => `/organizers/${id}/events`,
    { name: 'X', timezone: 'UTC', currency: 'EUR' },
  ],
  ['GET', (id: string) => `/organizers/${id}/members`, undefined],
  ['GET', (id: string) => `/organizers/${id}/audit`, undefined],
  ['GET', (id: string) => `/organizers/${id}/ledger/balances`, undefined],
  ['PATCH', (id: string) => `/organizers/${id}`, { name: 'Mine now' }],
])('%s %s is for members: 401 for nobody, 403 for a stranger', async (method, pathOf, body) => {
  const path = pathOf(server.office.organizer.id);
  const nobody = await send(server.origin, method, path, { body });
  expect(nobody.status).toBe(401);
  expect(nobody.headers.get('www-authenticate')).toBe('Bearer');
  const stranger = await send(server.origin, method, path, { as: 'user:stranger', body });
  expect(stranger.status).toBe(403);
  expect(stranger.body.code).toBe('not_allowed');
});
