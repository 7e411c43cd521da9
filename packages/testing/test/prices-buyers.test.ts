import type { Actor, Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, type BoxOffice, payInCash, testClock, ticketsOf } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { expectSound, expectSums, paidFor } from './support/pricing.ts';

const anna = { name: 'Anna', email: 'anna@example.com' };
const anonymous: Actor = { type: 'anonymous' };
const user: Actor = { type: 'user', id: 'u_1' };
const member: Actor = { type: 'user', id: 'u_1', attributes: ['member'] };

describe.each(databases)('who buys, on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { standardPrice: 10_000, fee: { percent: '0', fixed: 0 } });
    const { event, organizer } = office;
    await ticketi.members.add({
      organizerId: organizer.id,
      userId: 'seller',
      role: 'box_office',
    });
    await ticketi.discounts.set({
      eventId: event.id,
      name: 'Members',
      rule: { type: 'attribute', attribute: 'member', off: { type: 'percent', percent: '25' } },
    });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  type Buyer = NonNullable<Parameters<Ticketi['holds']['create']>[0]['buyer']>;
  const input = (buyer?: Buyer) => ({
    eventId: office.event.id,
    items: [{ ticketTypeId: office.standard.id, quantity: 1 }],
    ...(buyer === undefined ? {} : { buyer }),
  });
  const hold = (actor: Actor, buyer?: Buyer) => ticketi.as(actor).holds.create(input(buyer));
  const total = async (actor: Actor, buyer?: Buyer) => {
    const held = await hold(actor, buyer);
    expectSums(held);
    const { email: _email, ...priced } = buyer ?? {};
    const quoted = await ticketi.as(actor).quotes.get(input(priced));
    expect(quoted).toEqual(held.quote);
    return held.quote.total;
  };
  const vat = (place: string | null, percent: string, name = 'VAT') =>
    ticketi.taxes.set({ organizerId: office.organizer.id, name, place, percent });
  const policy = (changes: Partial<Parameters<Ticketi['prices']['setPolicy']>[0]>) =>
    ticketi.prices.setPolicy({ ...changes, eventId: office.event.id });

  test('what the host says of its user counts; what a stranger says of themselves does not', async () => {
    expect(await total(user)).toBe(10_000);
    expect(await total(member)).toBe(7500);
    for (const actor of [anonymous, user, member]) {
      for (const [buyer, fields] of [
        [{ attributes: ['member'] }, ['attributes']],
        [{ exemption: 'Embassy' }, ['exemption']],
        [{ attributes: [], exemption: 'Embassy' }, ['attributes', 'exemption']],
      ] satisfies [Buyer, string[]][]) {
        await expect(hold(actor, buyer)).rejects.toMatchObject({
          code: 'buyer_not_vouched',
          details: { fields },
        });
        await expect(ticketi.as(actor).quotes.get(input(buyer))).rejects.toMatchObject({
          code: 'buyer_not_vouched',
        });
      }
    }
  });

  test('who may sell speaks for the buyer: box office, keys that sell, the host', async () => {
    const organizerId = office.organizer.id;
    const sellers: Actor[] = [
      { type: 'user', id: 'seller' },
      { type: 'api_key', id: 'key', organizerId, scopes: ['sell'] },
      { type: 'system' },
    ];
    for (const actor of sellers) {
      expect(await total(actor, { attributes: ['member'] })).toBe(7500);
    }
    const others: Actor[] = [
      { type: 'api_key', id: 'key', organizerId, scopes: ['scan'] },
      { type: 'api_key', id: 'key', organizerId: `org_${'0'.repeat(26)}`, scopes: ['*'] },
    ];
    for (const actor of others) {
      await expect(hold(actor, { attributes: ['member'] })).rejects.toMatchObject({
        code: 'buyer_not_vouched',
      });
    }
  });

  test('a change of the hold keeps what was known of its buyer', async () => {
    const held = await hold(member);
    const items = [{ ticketTypeId: office.standard.id, quantity: 2 }];
    const changed = await ticketi.as(user).holds.change({ holdId: held.id, items });
    expect(changed.quote.total).toBe(15_000);
    const order = await payInCash(
      ticketi,
      await ticketi.as(user).orders.place({ holdId: held.id, buyer: anna }),
    );
    expect(paidFor(await ticketsOf(ticketi, order.id))).toBe(15_000);
    await expectSound(ticketi);
  });

  test('a business abroad owes the tax itself; one at home, or with no tax id, does not', async () => {
    await vat('DE', '19');
    await policy({ taxPlace: 'DE', reverseCharge: 'abroad' });
    const of = async (buyer?: Buyer) => {
      const { quote } = await hold(anonymous, buyer);
      return [quote.total, quote.tax, quote.taxRelief?.reason];
    };
    expect(await of()).toEqual([10_000, 1597, undefined]);
    expect(await of({ taxId: 'DE136695976' })).toEqual([10_000, 1597, undefined]);
    expect(await of({ taxId: 'ATU13585627' })).toEqual([8403, 0, 'reverse_charge']);
    expect(await of({ taxId: ' atu 13585627' })).toEqual([8403, 0, 'reverse_charge']);
    for (const taxId of ['ATU13585626', 'DE136695977', 'nonsense']) {
      await expect(hold(anonymous, { taxId })).rejects.toMatchObject({ code: 'tax_id_not_valid' });
    }
    const held = await hold(anonymous, { taxId: 'ATU13585627' });
    const guest = ticketi.as({ type: 'guest', token: held.accessToken ?? '' });
    const placed = await guest.orders.place({ holdId: held.id, buyer: anna });
    const order = await payInCash(ticketi, placed);
    expect(order).toMatchObject({ total: 8403, quote: { taxes: [] } });
    expect(paidFor(await ticketsOf(ticketi, order.id))).toBe(8403);
    await expectSound(ticketi);
  });

  test('an exemption is said by who may sell, and takes the tax off', async () => {
    await vat('DE', '19');
    await policy({ taxPlace: 'DE' });
    const seller: Actor = { type: 'user', id: 'seller' };
    const { quote } = await hold(seller, { exemption: 'Embassy 12' });
    expect(quote).toMatchObject({
      total: 8403,
      tax: 0,
      taxRelief: { reason: 'exempt', note: 'Embassy 12', amount: 1597 },
    });
    await policy({ pricesInclude: 'no_tax' });
    expect((await hold(seller, { exemption: 'Embassy 12' })).quote.total).toBe(10_000);
    expect((await hold(seller)).quote.total).toBe(11_900);
  });

  test('where the event is taxed where the buyer is, the buyer has to say so', async () => {
    await vat('US-NY', '4', 'State');
    await vat('US-NY-NYC', '4.5', 'City');
    await vat('CA-QC', '9.975', 'QST');
    await policy({ pricesInclude: 'no_tax' });
    await expect(hold(anonymous)).rejects.toMatchObject({ code: 'tax_place_missing' });
    const tax = async (place: string) => (await hold(anonymous, { place })).quote.tax;
    expect(await tax('US-NY-NYC')).toBe(850);
    expect(await tax('US-NY')).toBe(400);
    expect(await tax('CA-QC')).toBe(998);
    expect(await tax('FR')).toBe(0);
    await expect(hold(anonymous, { place: 'nowhere' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});
