import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aHold, payInCash, testClock, ticketsOf } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { aType, expectSound, expectSums, pricesIn } from './support/pricing.ts';
import { times } from './support/race.ts';
import { aSeatedOffice, labelsOf, type SeatedOffice } from './support/seated.ts';

const anna = { name: 'Anna', email: 'anna@example.com' };

describe.each(databases)('seats with tiers on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: SeatedOffice;
  let typeId: string;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    const rows = times(3, (index) => ({ name: index + 1, seats: 6 }));
    office = await aSeatedOffice(ticketi, [{ key: 'a', rows }], {
      fee: { percent: '0', fixed: 0 },
    });
    const step = { soldShare: '50', change: { type: 'amount', amount: 100 } } as const;
    const type = await aType(ticketi, office, {
      seating: { categories: ['a'] },
      price: 3000,
      maxInAll: 16,
      tiers: [{ name: 'Early', price: 2000, quantity: 3 }],
      dynamic: { floor: 0, ceiling: 9000, demand: [step] },
    });
    typeId = type.id;
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const items = (quantity: number, seats?: string[]) => [
    { ticketTypeId: typeId, quantity, ...(seats === undefined ? {} : { seats }) },
  ];

  test('a line is split at the tier with its seats, and each ticket has its own', async () => {
    const { hold, actor } = await aHold(ticketi, office, { userId: 'u_1', items: items(5) });
    expectSums(hold);
    expect(pricesIn(hold.quote)).toEqual([
      [3, 2000, 'Early'],
      [2, 3000],
    ]);
    const labels = labelsOf(hold);
    expect(hold.quote.lines.flatMap(({ seats = [] }) => seats)).toEqual(labels);
    const placed = await ticketi.as(actor).orders.place({ holdId: hold.id, buyer: anna });
    const order = await payInCash(ticketi, placed);
    const tickets = await ticketsOf(ticketi, order.id);
    expect(tickets.map(({ price }) => price)).toEqual([2000, 2000, 2000, 3000, 3000]);
    expect(tickets.map(({ seat }) => seat?.label)).toEqual(labels);
    await expectSound(ticketi);
  });

  test('named seats that are taken cost nothing of the tier', async () => {
    await aHold(ticketi, office, { userId: 'u_1', items: items(1, ['a-1-1']) });
    await expect(
      aHold(ticketi, office, { userId: 'u_2', items: items(2, ['a-1-1', 'a-1-2']) }),
    ).rejects.toMatchObject({ code: 'seat_taken', details: { seats: ['a-1-1'] } });
    const { hold } = await aHold(ticketi, office, { userId: 'u_2', items: items(3) });
    expect(pricesIn(hold.quote)).toEqual([
      [2, 2000, 'Early'],
      [1, 3000],
    ]);
    await expectSound(ticketi);
  });

  test('a change keeps seats with their price, and gives both back', async () => {
    const { hold, actor } = await aHold(ticketi, office, { userId: 'u_1', items: items(2) });
    const buyer = ticketi.as(actor);
    const grown = await buyer.holds.change({ holdId: hold.id, items: items(4) });
    expect(pricesIn(grown.quote)).toEqual([
      [3, 2000, 'Early'],
      [1, 3000],
    ]);
    expect(labelsOf(grown).slice(0, 2)).toEqual(labelsOf(hold));
    const shrunk = await buyer.holds.change({ holdId: hold.id, items: items(1) });
    expect(pricesIn(shrunk.quote)).toEqual([[1, 2000, 'Early']]);
    const { counts } = await ticketi.seatMaps.state({ sessionId: office.sessionId });
    expect(counts.held).toBe(1);
    const other = await aHold(ticketi, office, { userId: 'u_2', items: items(3) });
    expect(pricesIn(other.hold.quote)).toEqual([
      [2, 2000, 'Early'],
      [1, 3000],
    ]);
    await expectSound(ticketi);
  });

  test('many at once, with changes among them: a price each, no seat twice', async () => {
    const first = await aHold(ticketi, office, { userId: 'u_0', items: items(1) });
    const buyer = ticketi.as(first.actor);
    const outcomes = await Promise.allSettled([
      ...times(9, (index) =>
        aHold(ticketi, office, { userId: `u_${index + 1}`, items: items(2) }).then(
          ({ hold }) => hold,
        ),
      ),
      buyer.holds.change({ holdId: first.hold.id, items: items(2) }),
    ]);
    const holds = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const lines = holds.flatMap(({ quote }) => quote.lines);
    const at = (price: number) =>
      lines.reduce((sum, line) => sum + (line.unitPrice === price ? line.quantity : 0), 0);
    expect(holds).toHaveLength(8);
    expect(at(2000) + at(2100)).toBe(3);
    expect(at(3000) + at(3100)).toBe(13);
    const labels = holds.flatMap(labelsOf);
    expect(new Set(labels).size).toBe(16);
    await expectSound(ticketi);
  });
});
