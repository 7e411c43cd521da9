import type { Actor, Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, aHold, type BoxOffice, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { aType } from './support/pricing.ts';

const anonymous: Actor = { type: 'anonymous' };

describe.each(databases)('what buyers are shown, on %s', (_name, create) => {
  let clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
  });
  beforeEach(async () => {
    await ticketi?.close();
    clock = testClock();
    ticketi = await ticketiOn(base.storage(), clock);
    office = await aBoxOffice(ticketi, { capacity: 10 });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const listed = async (actor: Actor, codes?: string[]) => {
    const names: string[] = [];
    const input = { eventId: office.event.id, limit: 1, ...(codes === undefined ? {} : { codes }) };
    for await (const { name } of ticketi.as(actor).ticketTypes.iterate(input)) names.push(name);
    return names.sort();
  };
  const available = async (actor: Actor, codes?: string[], maxAgeMillis = 0) => {
    const input = { eventId: office.event.id, maxAgeMillis, ...(codes ? { codes } : {}) };
    const { ticketTypes } = await ticketi.as(actor).availability.get(input);
    return ticketTypes.map(({ name }) => name).sort();
  };
  const shown = async (actor: Actor, codes?: string[]) => {
    const names = await listed(actor, codes);
    expect(await available(actor, codes)).toEqual(names);
    return names;
  };
  const open = ['Standard', 'VIP'];

  test('a hidden type is shown to members, and to who has a code that opens it now', async () => {
    const eventId = office.event.id;
    const secret = await aType(ticketi, office, { name: 'Secret', hidden: true });
    await aType(ticketi, office, { name: 'Other secret', hidden: true });
    await ticketi.codes.create({
      eventId,
      code: 'KEY',
      unlocks: [secret.id],
      maxUses: 1,
      validFrom: '2027-06-01T15:00',
      validUntil: '2027-06-01T16:00',
    });
    const all = ['Other secret', 'Secret', ...open];
    const organizerId = office.organizer.id;
    await ticketi.members.add({ organizerId, userId: 'analyst', role: 'analyst' });
    await ticketi.members.add({ organizerId, userId: 'seller', role: 'box_office' });
    const strangers: Actor[] = [
      anonymous,
      { type: 'user', id: 'u_1' },
      { type: 'user', id: 'analyst' },
      { type: 'api_key', id: 'key', organizerId, scopes: ['scan'] },
      { type: 'api_key', id: 'key', organizerId: `org_${'0'.repeat(26)}`, scopes: ['*'] },
    ];
    for (const actor of strangers) expect(await shown(actor)).toEqual(open);
    expect(await shown({ type: 'user', id: 'seller' })).toEqual(all);
    expect(await shown({ type: 'user', id: 'owner' })).toEqual(all);
    expect(await shown({ type: 'system' })).toEqual(all);

    expect(await shown(anonymous, ['KEY', 'EARLY', 'WRONG'])).toEqual(open);
    clock.advance({ hours: 1 });
    expect(await shown(anonymous, ['key'])).toEqual(['Secret', ...open]);
    expect(await shown(anonymous, ['EARLY', 'WRONG'])).toEqual(open);
    const items = [{ ticketTypeId: secret.id, quantity: 1 }];
    await expect(aHold(ticketi, office, { items })).rejects.toMatchObject({
      code: 'unknown_ticket_type',
    });
    await aHold(ticketi, office, { items, codes: ['key'] });
    // A spent one is like a wrong one.
    expect(await shown(anonymous, ['KEY'])).toEqual(open);
    clock.advance({ minutes: 15 });
    expect(await shown(anonymous, ['KEY'])).toEqual(['Secret', ...open]);
    clock.advance({ minutes: 45 });
    expect(await shown(anonymous, ['KEY'])).toEqual(open);
  });

  test('a picture for everybody shows nothing hidden, whoever asked before', async () => {
    const eventId = office.event.id;
    const secret = await aType(ticketi, office, { name: 'Secret', hidden: true });
    await ticketi.codes.create({ eventId, code: 'KEY', unlocks: [secret.id] });
    const all = ['Secret', ...open];
    const owner: Actor = { type: 'user', id: 'owner' };
    expect(await available(anonymous, ['KEY'], 1000)).toEqual(all);
    expect(await available(anonymous, undefined, 1000)).toEqual(open);
    expect(await available(owner, undefined, 0)).toEqual(all);
    expect(await available(anonymous, undefined, 1000)).toEqual(open);
    expect(await available(anonymous, ['KEY'], 1000)).toEqual(all);
  });

  test('a type that is made open is shown, and one that is hidden no more', async () => {
    const { id } = office.vip;
    await ticketi.ticketTypes.update({ ticketTypeId: id, hidden: true });
    expect(await shown(anonymous)).toEqual(['Standard']);
    await ticketi.ticketTypes.update({ ticketTypeId: id, hidden: false });
    expect(await shown(anonymous)).toEqual(open);
  });

  test('the price of the moment is shown beside the list price, with its tier', async () => {
    const tiers = [
      { name: 'Early', price: 3000, quantity: 2 },
      { name: 'Summer', price: 4000, until: '2027-06-01T15:00' },
    ];
    const { id } = await aType(ticketi, office, {
      tiers,
      dynamic: {
        floor: 0,
        ceiling: 9000,
        demand: [{ soldShare: '50', change: { type: 'percent', percent: '10' } }],
        time: [{ from: '2027-06-01T18:00', change: { type: 'amount', amount: 50 } }],
      },
    });
    const now = async () => {
      const { ticketTypes } = await ticketi
        .as(anonymous)
        .availability.get({ eventId: office.event.id });
      const own = ticketTypes.find(({ ticketTypeId }) => ticketTypeId === id);
      const { quote } = await ticketi.holds.create({
        eventId: office.event.id,
        items: [{ ticketTypeId: id, quantity: 1 }],
      });
      // What is shown is what the next one costs.
      expect(quote.lines[0]?.unitPrice).toBe(own?.price);
      expect(quote.lines[0]?.tier?.id).toBe(own?.tier?.id);
      expect(own?.listPrice).toBe(5000);
      return [own?.price, own?.tier?.name, own?.tier?.left, own?.available];
    };
    expect(await now()).toEqual([3000, 'Early', 2, 10]);
    expect(await now()).toEqual([3000, 'Early', 1, 9]);
    expect(await now()).toEqual([4000, 'Summer', null, 8]);
    expect(await now()).toEqual([4000, 'Summer', null, 7]);
    expect(await now()).toEqual([4000, 'Summer', null, 6]);
    expect(await now()).toEqual([4400, 'Summer', null, 5]);
    clock.advance({ minutes: 15 });
    expect(await now()).toEqual([3000, 'Early', 2, 10]);
    clock.advance({ hours: 4 });
    expect(await now()).toEqual([3050, 'Early', 2, 10]);
    expect(await now()).toEqual([3050, 'Early', 1, 9]);
    expect(await now()).toEqual([5050, undefined, undefined, 8]);
  });

  test('a gift shows what is suggested, and what it is', async () => {
    const ownPrice = { min: 100, suggested: 700 };
    const { id } = await aType(ticketi, office, { kind: 'donation', ownPrice, draws: [] });
    const { ticketTypes } = await ticketi.availability.get({ eventId: office.event.id });
    expect(ticketTypes.find(({ ticketTypeId }) => ticketTypeId === id)).toMatchObject({
      kind: 'donation',
      price: 700,
      tier: null,
      available: null,
    });
  });
});
