import type { Actor, Ticketi } from '@ticketi/core';
import { aBoxOffice, aPlacedOrder, type TestClock, ticketsOf } from '../../src/index.ts';
import { type Crowd, call } from './crowd.ts';
import type { Call, Outcome } from './participant.ts';
import { field, times } from './race.ts';

interface Course {
  readonly ticketi: Ticketi;
  readonly clock: TestClock;
  readonly crowd: Crowd;
}

const anonymous: Actor = { type: 'anonymous' };
const system: Actor = { type: 'system' };
const ORDERS = 12;

/** An event of one place for each of as many ticket types, so that each place is fought for alone. */
async function singlePlaces(ticketi: Ticketi, count: number) {
  const { event, standard } = await aBoxOffice(ticketi);
  const eventId = event.id;
  const places = await Promise.all(
    times(count, async (index) => {
      const pool = await ticketi.pools.create({ eventId, name: `Place ${index}`, capacity: 1 });
      const draws = [{ poolId: pool.id }];
      const type = { eventId, name: `Place ${index}`, price: 1000, draws };
      const { id: ticketTypeId } = await ticketi.ticketTypes.create(type);
      return { items: [{ ticketTypeId, quantity: 1 }] };
    }),
  );
  return { event, standard, eventId, places };
}

/** What came of a race in which orders were paid around their expiry. */
export interface Ends {
  /** How often an order ended paid with its ticket, and how often with its money returned. */
  readonly paid: number;
  readonly returned: number;
  /** Orders and places that ended in any other way, as text. */
  readonly wrong: readonly string[];
  readonly outcomes: readonly Outcome[];
}

/**
 * Orders for single places whose time is up `offsetMillis` from now, negative:
 * already. Each is paid by several at once, while others want its place and the
 * sweepers go round.
 */
export async function payAroundExpiry(
  { ticketi, clock, crowd }: Course,
  offsetMillis: number,
  method: 'succeeds' | 'answers_late',
): Promise<Ends> {
  const { event, standard, eventId, places } = await singlePlaces(ticketi, ORDERS);
  const placed = await Promise.all(
    places.map(async ({ items }, index) => ({
      items,
      ...(await aPlacedOrder(ticketi, { event, standard }, { userId: `payer${index}`, items })),
    })),
  );
  const begun = await Promise.all(
    placed.map(({ order: { id: orderId } }) =>
      method === 'succeeds'
        ? undefined
        : ticketi.orders.pay({ orderId, provider: 'sandbox', method }),
    ),
  );
  const expiresAt = placed[0]?.order.expiresAt ?? '';
  clock.advance({ milliseconds: Date.parse(expiresAt) - Date.parse(clock.now()) - offsetMillis });

  const calls = placed.flatMap(({ actor, order: { id: orderId }, items }, index): Call[] => {
    const paymentId = begun[index]?.payment?.id ?? '';
    const pay = (afterMillis: number) =>
      method === 'succeeds'
        ? call('orders.pay', actor, { orderId, provider: 'sandbox', method }, { afterMillis })
        : call('payments.check', actor, { paymentId }, { afterMillis });
    const want = call('holds.create', anonymous, { eventId, items }, { afterMillis: index * 3 });
    return [want, pay(index * 3), want, pay(index * 2)];
  });
  const sweeps = times(4, (turn) => [
    call('orders.expire', system, {}, { afterMillis: turn * 12 }),
    call('holds.sweep', system, {}, { afterMillis: turn * 12 }),
  ]).flat();
  const outcomes = await crowd.race([...calls, ...sweeps], clock.now());

  const wrong: string[] = [];
  let paid = 0;
  let returned = 0;
  for (const [index, { order, items }] of placed.entries()) {
    const own = outcomes.slice(index * 4, index * 4 + 4);
    const taken = [own[0], own[2]].filter((outcome) => outcome?.status === 'done').length;
    const now = await ticketi.orders.get({ orderId: order.id });
    const tickets = (await ticketsOf(ticketi, order.id)).filter(({ state }) => state === 'valid');
    const received = now.payment?.state === 'succeeded' ? order.total : 0;
    const bought =
      now.state === 'paid' && tickets.length === 1 && now.refunded === 0 && received > 0;
    const sentBack = now.state !== 'paid' && tickets.length === 0 && now.refunded === received;
    if (bought) paid += 1;
    if (sentBack && received > 0) returned += 1;
    if (!bought && !sentBack) {
      wrong.push(`${order.id} ${now.state}: ${tickets.length} tickets, ${now.refunded} back`);
    }
    if (taken + tickets.length > 1) {
      wrong.push(`${JSON.stringify(items)} went to ${taken} and to ${tickets.length}`);
    }
  }
  return { paid, returned, wrong, outcomes };
}

/** Holds on single places that are extended, placed and wanted around their expiry. */
export async function extendAroundExpiry(
  { ticketi, clock, crowd }: Course,
  offsetMillis: number,
): Promise<{ extended: number; taken: number; wrong: string[]; outcomes: readonly Outcome[] }> {
  const { eventId, places } = await singlePlaces(ticketi, ORDERS);
  const held = await Promise.all(
    places.map(async ({ items }, index) => {
      const actor: Actor = { type: 'user', id: `holder${index}` };
      const hold = await ticketi.as(actor).holds.create({ eventId, items });
      return { actor, items, hold };
    }),
  );
  const expiresAt = held[0]?.hold.expiresAt ?? '';
  clock.advance({ milliseconds: Date.parse(expiresAt) - Date.parse(clock.now()) - offsetMillis });
  const calls = held.flatMap(({ actor, items, hold: { id: holdId } }, index): Call[] => {
    const buyer = { name: 'Holder', email: `holder${index}@example.com` };
    const want = call('holds.create', anonymous, { eventId, items }, { afterMillis: index * 3 });
    return [
      want,
      call('holds.extend', actor, { holdId }, { afterMillis: index * 3 }),
      want,
      call('orders.place', actor, { holdId, buyer }, { afterMillis: index * 4 }),
      call('holds.extend', actor, { holdId }, { afterMillis: index * 2 }),
    ];
  });
  const sweeps = times(4, (turn) => call('holds.sweep', system, {}, { afterMillis: turn * 12 }));
  const outcomes = await crowd.race([...calls, ...sweeps], clock.now());
  const wrong: string[] = [];
  let extended = 0;
  let taken = 0;
  held.forEach(({ hold }, index) => {
    const own = outcomes.slice(index * 5, index * 5 + 5);
    const others = [own[0], own[2]].filter((outcome) => outcome?.status === 'done').length;
    const longer = [own[1], own[4]].flatMap((outcome) =>
      outcome?.status === 'done' ? [String(field(outcome.output, 'expiresAt'))] : [],
    );
    const kept = longer.length > 0 || own[3]?.status === 'done' ? 1 : 0;
    extended += longer.length;
    taken += others;
    if (longer.length > 1) wrong.push(`${hold.id} was extended ${longer.length} times`);
    if (kept + others !== 1) wrong.push(`${hold.id}: kept ${kept}, ${others} others have it`);
  });
  return { extended, taken, wrong, outcomes };
}
