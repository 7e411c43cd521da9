import type { Ticketi } from '@ticketi/core';
import { aBoxOffice, type BoxOffice } from '../box-office.ts';
import { aHold, type Paid, ticketsOf } from '../purchases.ts';

/** More than people buy at a time: of what an order has by itself, fewer rows are to be stored. */
const AN_ORDER = 8;
/** Buyers at once. */
const CROWD = 50;
const payment = { provider: 'sandbox' };

/** An event that was sold to the last place: some tickets were resold, one is void, some came in. */
export async function pastEvent(
  ticketi: Ticketi,
  { marker, places }: { marker: string; places: number },
): Promise<{ eventId: string; organizerId: string }> {
  const office = await aBoxOffice(ticketi, {
    ownerId: `owner-${marker}`,
    capacity: places,
    event: {
      slug: `past-${marker}`,
      sessions: [{ startsAt: '2025-07-10T18:00', endsAt: '2025-07-11T02:00' }],
    },
  });
  const orders: Paid[] = [];
  const count = Math.ceil(places / AN_ORDER);
  for (let first = 0; first < count; first += CROWD) {
    const buyers = Array.from({ length: Math.min(CROWD, count - first) }, (_, n) => first + n);
    const crowd = buyers.map((n) => {
      const quantity = Math.min(AN_ORDER, places - n * AN_ORDER);
      return bought(ticketi, office, `fan-${marker}-${n}`, quantity);
    });
    orders.push(...(await Promise.all(crowd)));
  }
  await lived(ticketi, office, orders, marker);
  return { eventId: office.event.id, organizerId: office.organizer.id };
}

async function bought(
  ticketi: Ticketi,
  office: BoxOffice,
  userId: string,
  quantity: number,
): Promise<Paid> {
  const held = await aHold(ticketi, office, { userId, quantity });
  const buyer = { name: 'Robin Example', email: `${userId}@example.com` };
  const surface = ticketi.as(held.actor);
  const placed = await surface.orders.place({ holdId: held.hold.id, buyer, payment });
  const order = await surface.orders.pay({ orderId: placed.id });
  return { ...held, order, tickets: await ticketsOf(ticketi, order.id) };
}

/** What becomes of tickets: the second order resells one, the third loses one, of most of the others one came in. */
async function lived(
  ticketi: Ticketi,
  { event }: BoxOffice,
  orders: readonly Paid[],
  marker: string,
): Promise<void> {
  const [, resold, lost] = orders;
  const forSale = resold?.tickets[0];
  if (resold !== undefined && forSale !== undefined) {
    const listing = await ticketi
      .as(resold.actor)
      .resale.list({ ticketId: forSale.id, price: forSale.price });
    const userId = `second-${marker}`;
    const buyer = { name: 'Sascha Example', email: `${userId}@example.com` };
    await ticketi
      .as({ type: 'user', id: userId })
      .resale.buy({ listingId: listing.id, buyer, payment });
  }
  const spoilt = lost?.tickets[0];
  if (spoilt !== undefined) await ticketi.tickets.void({ ticketId: spoilt.id });
  for (let at = 3; at < orders.length; at += CROWD) {
    await Promise.all(
      orders.slice(at, at + CROWD).map(async ({ tickets: [first] }) => {
        if (first === undefined) return;
        const { code } = await ticketi.tickets.code({ ticketId: first.id });
        await ticketi.checkin.scan({ eventId: event.id, code, gate: 'Gate A' });
      }),
    );
  }
}
