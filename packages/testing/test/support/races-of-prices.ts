import { type Actor, plusMinutes, type Ticketi } from '@ticketi/core';
import { aBoxOffice, aHold, aPaidOrder, type BoxOffice } from '../../src/index.ts';
import { call } from './crowd.ts';
import type { Outcome } from './participant.ts';
import { aType, type TypeFacts } from './pricing.ts';
import { field, type Race, strange, times, wins } from './race.ts';

const anonymous: Actor = { type: 'anonymous' };
const EARLY = 3000;
const early = { name: 'Early bird', price: EARLY, quantity: 100 };

/**
 * A type at 50.00 and nothing else that limits it, with what a race gives it. One
 * hold opens its counters: who inserts a new one makes the others wait for it, as
 * a lock would.
 */
async function onSale(ticketi: Ticketi, facts: TypeFacts, capacity: number | null = null) {
  const office = await aBoxOffice(ticketi, { capacity });
  const type = await aType(ticketi, office, facts);
  const items = [{ ticketTypeId: type.id, quantity: 1 }];
  const { hold } = await aHold(ticketi, office, { items });
  await ticketi.holds.release({ holdId: hold.id });
  return { office, type };
}

/** One, two or three tickets for each of so many buyers. */
function buying({ event }: Pick<BoxOffice, 'event'>, ticketTypeId: string, buyers: number) {
  return times(buyers, (index) =>
    call('holds.create', anonymous, {
      eventId: event.id,
      items: [{ ticketTypeId, quantity: 1 + (index % 3) }],
    }),
  );
}

interface Sold {
  readonly quantity: number;
  readonly unitPrice: number;
  readonly tier: unknown;
}

function linesIn(hold: unknown): Sold[] {
  const lines = field(field(hold, 'quote'), 'lines');
  if (!Array.isArray(lines)) return [];
  return lines.map((line) => ({
    quantity: Number(field(line, 'quantity')),
    unitPrice: Number(field(line, 'unitPrice')),
    tier: field(field(line, 'tier'), 'name'),
  }));
}

/** Tickets in these holds at this price. */
function ticketsAt(price: number, outcomes: readonly Outcome[]): number {
  return wins(outcomes)
    .flatMap(linesIn)
    .reduce((sum, { quantity, unitPrice }) => sum + (unitPrice === price ? quantity : 0), 0);
}

/** Holds whose lines are not what was asked for, or whose price is not their tier's. */
function misPriced(outcomes: readonly Outcome[]): string[] {
  return wins(outcomes)
    .map(linesIn)
    .flatMap((lines) => lines.filter(({ unitPrice, tier }) => (unitPrice === EARLY) !== !!tier))
    .map(({ unitPrice, tier }) => `${unitPrice} as ${String(tier)}`);
}

export const oneTier: Race = {
  name: 'a tier of 100 and 200 buyers of up to three tickets: 100 at its price',
  expected: 100,
  async run({ ticketi, clock, crowd }) {
    const { office, type } = await onSale(ticketi, { tiers: [early] });
    const outcomes = await crowd.race(buying(office, type.id, 200), clock.now());
    return {
      count: ticketsAt(EARLY, outcomes),
      strange: [...strange(outcomes), ...misPriced(outcomes)],
    };
  },
};

export const tierGivenBack: Race = {
  name: 'a tier of 100 of which 50 are held, 30 of them released while 120 buy: never more of it',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const { office, type } = await onSale(ticketi, { tiers: [early], maxPerOrder: 10 });
    const items = [{ ticketTypeId: type.id, quantity: 10 }];
    const held = await Promise.all(times(5, () => aHold(ticketi, office, { items })));
    const releases = held
      .slice(0, 3)
      .map(({ actor, hold }, index) =>
        call('holds.release', actor, { holdId: hold.id }, { afterMillis: index * 4 }),
      );
    const outcomes = await crowd.race([...releases, ...buying(office, type.id, 120)], clock.now());
    const taken = 20 + ticketsAt(EARLY, outcomes.slice(releases.length));
    return {
      count: Math.max(0, taken - 100),
      strange: [...strange(outcomes), ...misPriced(outcomes.slice(releases.length))],
    };
  },
};

export const tierLapsed: Race = {
  name: 'a tier of 100 of which 20 are paid and 40 lapsed, and 200 buyers: 80 at its price',
  expected: 80,
  async run({ ticketi, clock, crowd }) {
    const { office, type } = await onSale(ticketi, { tiers: [early], maxPerOrder: 20 });
    const items = [{ ticketTypeId: type.id, quantity: 20 }];
    await aPaidOrder(ticketi, office, { items });
    await Promise.all(times(2, () => aHold(ticketi, office, { items })));
    const outcomes = await crowd.race(buying(office, type.id, 200), plusMinutes(clock.now(), 15));
    return {
      count: ticketsAt(EARLY, outcomes),
      strange: [...strange(outcomes), ...misPriced(outcomes)],
    };
  },
};

export const demandStep: Race = {
  name: 'a price that rises when 50 of 1000 are sold, and 200 buyers: 50 at the lower one',
  expected: 50,
  async run({ ticketi, clock, crowd }) {
    const step = { soldShare: '5', change: { type: 'price', price: 6000 } } as const;
    const dynamic = { floor: 0, ceiling: 9000, demand: [step] };
    const { office, type } = await onSale(ticketi, { dynamic }, 1000);
    const items = [{ ticketTypeId: type.id, quantity: 1 }];
    const outcomes = await crowd.race(
      times(200, () => call('holds.create', anonymous, { eventId: office.event.id, items })),
      clock.now(),
    );
    const lost = strange(outcomes);
    const dear = ticketsAt(6000, outcomes);
    if (dear !== 150) lost.push(`${dear} at the higher one`);
    return { count: ticketsAt(5000, outcomes), strange: lost };
  },
};

export const reservedPlaces: Race = {
  name: 'ten of 30 places set aside for a code: 100 with it and 100 without take 30',
  expected: 30,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi, { capacity: 30 });
    const eventId = office.event.id;
    const ticketTypeId = office.standard.id;
    await ticketi.codes.create({ eventId, code: 'CLUB', reserve: { ticketTypeId, quantity: 10 } });
    const input = { eventId, items: [{ ticketTypeId, quantity: 1 }] };
    const outcomes = await crowd.race(
      times(200, (index) =>
        call('holds.create', anonymous, index % 2 === 0 ? { ...input, codes: ['CLUB'] } : input),
      ),
      clock.now(),
    );
    const lost = strange(outcomes, 'sold_out');
    const members = wins(outcomes.filter((_, index) => index % 2 === 0)).length;
    if (members < 10) lost.push(`${members} with the code`);
    return { count: wins(outcomes).length, strange: lost };
  },
};

export const buyersUses: Race = {
  name: 'a code of two orders a buyer, who asks 100 times at once: two',
  expected: 2,
  async run({ ticketi, clock, crowd }) {
    const { office, input } = await withOwnCode(ticketi, 2);
    const fan: Actor = { type: 'user', id: 'fan' };
    const { hold } = await aHold(ticketi, office, { userId: 'fan', codes: ['MINE'] });
    await ticketi.holds.release({ holdId: hold.id });
    const outcomes = await crowd.race(
      times(100, () => call('holds.create', fan, input)),
      clock.now(),
    );
    return { count: wins(outcomes).length, strange: strange(outcomes, 'code_not_valid') };
  },
};

export const usesAtPlacing: Race = {
  name: 'a code of one order a buyer, on 20 holds that one guest places at once: one',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const { office } = await withOwnCode(ticketi, 1);
    const held = await Promise.all(times(20, () => aHold(ticketi, office, { codes: ['MINE'] })));
    const outcomes = await crowd.race(
      held.map(({ actor, hold }, index) =>
        call('orders.place', actor, {
          holdId: hold.id,
          buyer: { name: 'Anna', email: `anna+${index}@example.com` },
        }),
      ),
      clock.now(),
    );
    return { count: wins(outcomes).length, strange: strange(outcomes, 'code_not_valid') };
  },
};

async function withOwnCode(ticketi: Ticketi, maxPerBuyer: number) {
  const office = await aBoxOffice(ticketi, { capacity: null });
  const eventId = office.event.id;
  const discount = { type: 'percent', percent: '10' } as const;
  await ticketi.codes.create({ eventId, code: 'MINE', discount, maxPerBuyer });
  const items = [{ ticketTypeId: office.standard.id, quantity: 1 }];
  return { office, input: { eventId, items, codes: ['MINE'] } };
}
