import type { Actor, Ticketi } from '@ticketi/core';
import { aBoxOffice, aHold } from '../../src/index.ts';
import { call } from './crowd.ts';
import { type Race, strange, times, wins } from './race.ts';

const anonymous: Actor = { type: 'anonymous' };
const system: Actor = { type: 'system' };

/**
 * Opens the counters of a limit before the race. Who inserts a new one makes the
 * others wait for it, as a lock would: the race is for one that is there.
 */
async function openLimit(
  ticketi: Ticketi,
  actor: Actor,
  input: { eventId: string; items: { ticketTypeId: string; quantity: number }[] },
): Promise<void> {
  const { id: holdId } = await ticketi.as(actor).holds.create(input);
  await ticketi.holds.release({ holdId });
}

export const buyersLimit: Race = {
  name: 'a limit of four for a buyer who asks 100 times at once: four',
  expected: 4,
  async run({ ticketi, clock, crowd }) {
    const { event, standard } = await aBoxOffice(ticketi, { event: { maxPerBuyer: 4 } });
    const input = { eventId: event.id, items: [{ ticketTypeId: standard.id, quantity: 1 }] };
    const fan: Actor = { type: 'user', id: 'fan' };
    await openLimit(ticketi, fan, input);
    const outcomes = await crowd.race(
      times(100, () => call('holds.create', fan, input)),
      clock.now(),
    );
    return { count: wins(outcomes).length, strange: strange(outcomes, 'limit_exceeded') };
  },
};

export const limitAtPlacing: Race = {
  name: 'a limit of three for a guest who places 20 holds at once: three orders',
  expected: 3,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi, { event: { maxPerBuyer: 3 } });
    const held = await Promise.all(times(20, () => aHold(ticketi, office)));
    const outcomes = await crowd.race(
      held.map(({ actor, hold }, index) =>
        call('orders.place', actor, {
          holdId: hold.id,
          buyer: { name: 'Anna', email: `anna+${index}@example.com` },
        }),
      ),
      clock.now(),
    );
    return { count: wins(outcomes).length, strange: strange(outcomes, 'limit_exceeded') };
  },
};

export const limitInAll: Race = {
  name: 'five of a ticket type in all and 200 buyers: five get one',
  expected: 5,
  async run({ ticketi, clock, crowd }) {
    const { event, standard } = await aBoxOffice(ticketi, { capacity: null });
    await ticketi.ticketTypes.update({ ticketTypeId: standard.id, maxInAll: 5 });
    const input = { eventId: event.id, items: [{ ticketTypeId: standard.id, quantity: 1 }] };
    await openLimit(ticketi, anonymous, input);
    const outcomes = await crowd.race(
      times(200, () => call('holds.create', anonymous, input)),
      clock.now(),
    );
    return { count: wins(outcomes).length, strange: strange(outcomes, 'limit_exceeded') };
  },
};

export const blockOrHold: Race = {
  name: 'blocks of two and buyers of one on ten places: ten units are taken',
  expected: 10,
  async run({ ticketi, clock, crowd }) {
    const { event, standard, pool } = await aBoxOffice(ticketi, { capacity: 10 });
    const eventId = event.id;
    const block = { eventId, poolId: pool.id, units: 2, reason: 'Guests' };
    const hold = { eventId, items: [{ ticketTypeId: standard.id, quantity: 1 }] };
    const calls = times(60, (index) =>
      index % 3 === 0
        ? call('blocks.create', system, block)
        : call('holds.create', anonymous, hold),
    );
    const outcomes = await crowd.race(calls, clock.now());
    const units = outcomes.map(({ status }, index) =>
      status === 'done' ? (index % 3 === 0 ? 2 : 1) : 0,
    );
    return {
      count: units.reduce<number>((sum, own) => sum + own, 0),
      strange: strange(outcomes, 'sold_out'),
    };
  },
};

export const changeOrHold: Race = {
  name: 'ten holds grow by two while others buy what is left: no more than there is',
  expected: 15,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi, { capacity: 15 });
    const { event, standard, pool } = office;
    const held = await Promise.all(
      times(10, (index) => aHold(ticketi, office, { userId: `growing${index}` })),
    );
    const items = (quantity: number) => [{ ticketTypeId: standard.id, quantity }];
    const calls = held.flatMap(({ actor, hold }) => [
      call('holds.change', actor, { holdId: hold.id, items: items(3) }),
      call('holds.create', anonymous, { eventId: event.id, items: items(1) }),
      call('holds.create', anonymous, { eventId: event.id, items: items(1) }),
    ]);
    const outcomes = await crowd.race(calls, clock.now());
    const units = outcomes.map(({ status }, index) =>
      status === 'done' ? (index % 3 === 0 ? 2 : 1) : 0,
    );
    const granted = units.reduce<number>((sum, own) => sum + own, held.length);
    const { claimed } = await ticketi.pools.get({ poolId: pool.id });
    const lost = strange(outcomes, 'sold_out');
    return {
      count: granted,
      strange: claimed === granted ? lost : [...lost, `${claimed} claimed`],
    };
  },
};

export const oneExtension: Race = {
  name: 'one hold is extended 20 times: once',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const { hold, actor } = await aHold(ticketi, await aBoxOffice(ticketi), { userId: 'patient' });
    const outcomes = await crowd.race(
      times(20, () => call('holds.extend', actor, { holdId: hold.id })),
      clock.now(),
    );
    return { count: wins(outcomes).length, strange: strange(outcomes, 'hold_already_extended') };
  },
};

export const extendOrTakeBack: Race = {
  name: 'a hold is extended while servers whose clock is ahead resell it: one of both',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const { event, standard } = await aBoxOffice(ticketi);
    const eventId = event.id;
    const held = await Promise.all(
      times(8, async (index) => {
        const pool = await ticketi.pools.create({ eventId, name: `Seat ${index}`, capacity: 1 });
        const draws = [{ poolId: pool.id }];
        const type = { eventId, name: `Seat ${index}`, price: 1000, draws };
        const { id: ticketTypeId } = await ticketi.ticketTypes.create(type);
        const items = [{ ticketTypeId, quantity: 1 }];
        const userId = `patient${index}`;
        return { ...(await aHold(ticketi, { event, standard }, { userId, items })), items };
      }),
    );
    const ahead = held[0]?.hold.expiresAt ?? clock.now();
    const calls = held.flatMap(({ actor, hold, items }, index) => [
      call('holds.extend', actor, { holdId: hold.id }, { behindNow: true, afterMillis: index * 3 }),
      call('holds.create', anonymous, { eventId, items }, { afterMillis: index * 3 }),
      call('holds.create', anonymous, { eventId, items }, { afterMillis: index * 3 + 10 }),
    ]);
    const outcomes = await crowd.race(calls, ahead);
    const both = held.filter((_, index) => {
      const own = outcomes.slice(index * 3, index * 3 + 3);
      return own.filter(({ status }) => status === 'done').length !== 1;
    });
    return { count: both.length, strange: strange(outcomes, 'sold_out', 'hold_expired') };
  },
};
