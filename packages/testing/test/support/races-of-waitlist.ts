import type { Actor, Ticketi } from '@ticketi/core';
import { aBoxOffice, type BoxOffice } from '../../src/index.ts';
import { call } from './crowd.ts';
import { field, type Race, strange, times, wins } from './race.ts';

const anonymous: Actor = { type: 'anonymous' };
const system: Actor = { type: 'system' };
const user = (id: string): Actor => ({ type: 'user', id });

interface SoldOut {
  readonly office: BoxOffice;
  readonly eventId: string;
  readonly items: { ticketTypeId: string; quantity: number }[];
  /** The holds that have all places, one each. */
  readonly holds: readonly string[];
  readonly entries: readonly string[];
}

/** Joins the waitlist as one of the fans. */
function joining(ticketi: Ticketi, { event, standard }: BoxOffice, index: number) {
  return ticketi.as(user(`fan${index}`)).waitlist.join({
    eventId: event.id,
    ticketTypeIds: [standard.id],
    buyer: { name: `Fan ${index}`, email: `fan${index}@example.com` },
  });
}

/** An event whose places are all held, with so many who wait for one each. */
async function soldOut(ticketi: Ticketi, places: number, waiting: number): Promise<SoldOut> {
  const office = await aBoxOffice(ticketi, { capacity: places });
  const eventId = office.event.id;
  await ticketi.waitlist.setPolicy({ eventId });
  const items = [{ ticketTypeId: office.standard.id, quantity: 1 }];
  const holds = await Promise.all(times(places, () => ticketi.holds.create({ eventId, items })));
  const entries: string[] = [];
  for (let index = 0; index < waiting; index += 1) {
    entries.push((await joining(ticketi, office, index)).id);
  }
  return { office, eventId, items, holds: holds.map(({ id }) => id), entries };
}

async function free(ticketi: Ticketi, holds: readonly string[]): Promise<void> {
  for (const holdId of holds) await ticketi.holds.release({ holdId });
}

async function claimed(ticketi: Ticketi, { office }: SoldOut): Promise<number> {
  return (await ticketi.pools.get({ poolId: office.pool.id })).claimed;
}

export const twoPasses: Race = {
  name: 'three places come free, ten wait, and twelve workers offer them at once: three are taken',
  expected: 5,
  async run({ ticketi, clock, crowd }) {
    const there = await soldOut(ticketi, 5, 10);
    await free(ticketi, there.holds.slice(0, 3));
    const { eventId } = there;
    const outcomes = await crowd.race(
      times(12, () => call('waitlist.offer', system, { eventId })),
      clock.now(),
    );
    return { count: await claimed(ticketi, there), strange: strange(outcomes) };
  },
};

export const offerOrBuy: Race = {
  name: 'three places come free while three wait: they are offered, and none of 40 buyers gets one',
  expected: 5,
  async run({ ticketi, clock, crowd }) {
    const there = await soldOut(ticketi, 5, 3);
    await free(ticketi, there.holds.slice(0, 3));
    const { eventId, items } = there;
    const calls = times(48, (index) =>
      index % 6 === 0
        ? call('waitlist.offer', system, { eventId })
        : call('holds.create', anonymous, { eventId, items }),
    );
    const outcomes = await crowd.race(calls, clock.now());
    const bought = wins(outcomes.filter((_, index) => index % 6 !== 0)).length;
    return {
      count: bought + (await claimed(ticketi, there)),
      strange: strange(outcomes, 'sold_out'),
    };
  },
};

export const acceptOrExpire: Race = {
  name: 'six offers are ordered on slow clocks as they expire and pass on: one has each place',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const there = await soldOut(ticketi, 6, 12);
    await free(ticketi, there.holds);
    const { eventId, entries } = there;
    await ticketi.waitlist.offer({ eventId });
    const offers = await Promise.all(
      entries.slice(0, 6).map(async (entryId, index) => {
        const { offer } = await ticketi.waitlist.get({ entryId });
        const { code } = await ticketi.waitlist.getOffer({ offerId: offer?.id ?? '' });
        const hold = await ticketi.as(user(`fan${index}`)).waitlist.claim({ code: code ?? '' });
        return { entryId, holdId: hold.id, actor: user(`fan${index}`) };
      }),
    );
    clock.advance({ minutes: 720 });
    const outcomes = await crowd.race(
      offers.flatMap(({ holdId, actor }, index) => [
        call(
          'orders.place',
          actor,
          { holdId, buyer: { name: 'Ada', email: 'ada@example.com' } },
          { behindNow: true, afterMillis: index * 2 },
        ),
        call('waitlist.offer', system, { eventId }, { afterMillis: index * 3 }),
      ]),
      clock.now(),
    );
    const wrong = await Promise.all(
      offers.map(async ({ entryId }, index) => {
        const { state } = await ticketi.waitlist.get({ entryId });
        return (outcomes[index * 2]?.status === 'done') === (state === 'accepted') ? 0 : 1;
      }),
    );
    const over = Math.max(0, (await claimed(ticketi, there)) - 6);
    return {
      count: over + wrong.reduce<number>((sum, one) => sum + one, 0),
      strange: strange(outcomes, 'hold_not_active', 'hold_expired'),
    };
  },
};

export const oneCode: Race = {
  name: 'the code of an offer is used 40 times at once: once',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const { eventId, holds, entries } = await soldOut(ticketi, 1, 1);
    await free(ticketi, holds);
    await ticketi.waitlist.offer({ eventId });
    const { offer } = await ticketi.waitlist.get({ entryId: entries[0] ?? '' });
    const { code } = await ticketi.waitlist.getOffer({ offerId: offer?.id ?? '' });
    const outcomes = await crowd.race(
      times(40, () => call('waitlist.claim', user('fan0'), { code })),
      clock.now(),
    );
    return { count: wins(outcomes).length, strange: strange(outcomes, 'offer_code_used') };
  },
};

export const leaveOrOffer: Race = {
  name: 'six who wait leave while they are offered a place: whoever left has none',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const there = await soldOut(ticketi, 6, 6);
    await free(ticketi, there.holds);
    const { eventId, entries } = there;
    const outcomes = await crowd.race(
      entries.flatMap((entryId, index) => [
        call('waitlist.leave', user(`fan${index}`), { entryId }),
        call('waitlist.offer', system, { eventId }),
      ]),
      clock.now(),
    );
    // All have left, so that every place is free again and the public's.
    const left = wins(outcomes).filter((output) => field(output, 'endedFor') === 'left').length;
    return {
      count: (await claimed(ticketi, there)) + (6 - left),
      strange: strange(outcomes),
    };
  },
};

export const joinOrLeave: Race = {
  name: 'at eight events the last one leaves as another joins: who waits keeps the public out',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const events: SoldOut[] = [];
    for (let index = 0; index < 8; index += 1) events.push(await soldOut(ticketi, 1, 1));
    const outcomes = await crowd.race(
      events.flatMap(({ office, eventId, entries: [entryId] }, index) => [
        call('waitlist.leave', user('fan0'), { entryId }, { afterMillis: index * 4 }),
        call(
          'waitlist.join',
          user('other'),
          {
            eventId,
            ticketTypeIds: [office.standard.id],
            buyer: { name: 'Other', email: 'other@example.com' },
          },
          { afterMillis: index * 3 },
        ),
      ]),
      clock.now(),
    );
    const open = await Promise.all(
      events.map(async ({ eventId }) => {
        const { ticketTypes } = await ticketi.as(anonymous).availability.get({ eventId });
        return ticketTypes[0]?.waiting === true ? 0 : 1;
      }),
    );
    return {
      count: open.reduce<number>((sum, one) => sum + one, 0),
      strange: strange(outcomes),
    };
  },
};

export const oneEntry: Race = {
  name: 'somebody joins a waitlist 30 times at once: one entry',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const { office, eventId } = await soldOut(ticketi, 1, 1);
    const outcomes = await crowd.race(
      times(30, () =>
        call('waitlist.join', user('ada'), {
          eventId,
          ticketTypeIds: [office.standard.id],
          buyer: { name: 'Ada', email: 'ada@example.com' },
        }),
      ),
      clock.now(),
    );
    return { count: wins(outcomes).length, strange: strange(outcomes, 'already_waiting') };
  },
};
