import { createTicketi, type Ticketi } from '@ticketi/core';
import { sqlite } from '@ticketi/storage/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aBoxOffice, aPaidOrder, aPlacedOrder, type BoxOffice } from '../src/index.ts';

let ticketi: Ticketi;
let office: BoxOffice;

beforeEach(async () => {
  ticketi = await createTicketi({ storage: sqlite(':memory:') });
  office = await aBoxOffice(ticketi);
});
afterEach(() => ticketi.close());

it('says what a ticket would bring back, and gives nothing back', async () => {
  const { order } = await aPaidOrder(ticketi, office);
  const [line] = order.quote.lines;
  if (line === undefined) throw new Error('The order has no line.');
  const { ticketTypeId, quantity } = line;
  const items = [{ ticketTypeId, quantity }];
  const all = await ticketi.quotes.refund({ orderId: order.id, items });
  expect(all).toMatchObject({ amount: order.total, currency: order.currency });
  const kept = await ticketi.quotes.refund({ orderId: order.id, items, feesKept: true });
  expect(kept.amount).toBe(order.total - order.quote.fee);
  expect(await ticketi.orders.get({ orderId: order.id })).toMatchObject({ refunded: 0 });
});

it('is worked out by the frozen quote, whatever became of the catalogue', async () => {
  const { order } = await aPaidOrder(ticketi, office);
  const [line] = order.quote.lines;
  if (line === undefined) throw new Error('The order has no line.');
  const { ticketTypeId } = line;
  const orderId = order.id;
  const items = [{ ticketTypeId, quantity: 1 }];
  const before = await ticketi.quotes.refund({ orderId, items });
  await ticketi.prices.set({ ticketTypeId, price: 1 });
  await ticketi.fees.set({ eventId: office.event.id, fixed: 1 });
  expect(await ticketi.quotes.refund({ orderId, items })).toEqual(before);
});

it('is nothing of an order that is not paid', async () => {
  const { order } = await aPlacedOrder(ticketi, office);
  const ticketTypeId = order.quote.lines[0]?.ticketTypeId ?? '';
  const items = [{ ticketTypeId, quantity: 1 }];
  for (const policy of ['keep_prices', 'reprice'] as const) {
    expect(await ticketi.quotes.refund({ orderId: order.id, items, policy })).toMatchObject({
      amount: 0,
    });
  }
});

it('is refused for more than the order has, also in two parts', async () => {
  const { order } = await aPaidOrder(ticketi, office);
  const { ticketTypeId = '', quantity = 0 } = order.quote.lines[0] ?? {};
  const item = { ticketTypeId, quantity };
  const asked = { orderId: order.id, items: [item, { ...item, quantity: 1 }] };
  await expect(ticketi.quotes.refund(asked)).rejects.toMatchObject({
    code: 'not_in_order',
    details: { ticketTypeId, inOrder: quantity },
  });
});

it('a code that was disabled since still counts when the rest is priced anew', async () => {
  const { order } = await aPaidOrder(ticketi, office, { codes: ['EARLY'] });
  const { ticketTypeId = '' } = order.quote.lines[0] ?? {};
  const asked = {
    orderId: order.id,
    items: [{ ticketTypeId, quantity: 1 }],
    policy: 'reprice' as const,
  };
  const before = await ticketi.quotes.refund(asked);
  await ticketi.codes.update({ codeId: office.code.id, state: 'disabled' });
  expect(await ticketi.quotes.refund(asked)).toEqual(before);
  expect(before.amount).toBeGreaterThan(0);
});
