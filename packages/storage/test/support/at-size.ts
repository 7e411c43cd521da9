import type { WriteTx } from '@ticketi/core';
import * as sample from './records.ts';
import { idOf, later, now, organizerId } from './records.ts';

/** Events that have rows, of all that there are. */
const EVENTS = 20;
const ALL_EVENTS = 200;
/** Rows of each big table, before these are multiplied. */
export const ROWS = 10_000;

/** When the posting of this number was made: a second after the one before. */
export function momentOf(n: number): string {
  return new Date(Date.parse(now) + n * 1000).toISOString();
}

/** Many events with many rows each, so that reading a whole table is never the best plan. */
export async function fill(tx: WriteTx): Promise<void> {
  const numbers = Array.from({ length: ROWS }, (_, n) => n + 1);
  const place = (n: number) => ({ eventId: idOf('evt', n % EVENTS) });
  // Narrow rows: the cheaper a whole table is to read, the sooner a planner reads it.
  const quote = { ...sample.hold(1).quote, lines: [] };
  const user = (n: number) => `u_${n % 500}`;
  await tx.organizers.organizers.insert([sample.organizer]);
  await tx.events.events.insert(
    Array.from({ length: ALL_EVENTS }, (_, n) => ({
      ...sample.event,
      id: idOf('evt', n),
      slug: idOf('event', n),
    })),
  );
  await tx.tickets.codePolicies.insert(
    Array.from({ length: ALL_EVENTS }, (_, n) => ({ ...sample.codePolicy, id: idOf('evt', n) })),
  );
  await otherOrganizers(tx, numbers);
  await tx.events.series.insert(
    Array.from({ length: 100 }, (_, n) => ({
      id: idOf('ser', n),
      organizerId,
      ...place(n),
      rule: 'FREQ=DAILY;COUNT=100',
      startsAt: '2027-07-10T20:00:00',
      endsAt: null,
      durationMinutes: 90,
      exceptDates: [],
      alsoOn: [],
      createdAt: now,
    })),
  );
  await tx.events.sessions.insert(dates(place, numbers));
  await tx.events.ticketTypes.insert(
    numbers.map((n) => ({ ...sample.ticketType, ...place(n), id: idOf('typ', n + ROWS) })),
  );
  await tx.inventory.openCounters(
    numbers.map((n) => sample.counter(n, { ...place(n), capacity: null, claimed: 1000 })),
  );
  await tx.inventory.holds.insert(
    numbers.map((n) => sample.hold(n, { ...place(n), userId: user(n), quote })),
  );
  await tx.inventory.claims.insert(
    numbers.map((n) =>
      sample.claim(n, {
        ...place(n),
        targetId: idOf('pol', n % 100),
        expiresAt: n % 50 === 1 ? later : null,
      }),
    ),
  );
  await tx.inventory.claims.insert(
    numbers.map((n) =>
      sample.claim(n + ROWS, {
        ...place(n),
        targetId: `${idOf('ses', n % 100)}:${n}`,
        expiresAt: n % 50 === 1 ? later : null,
        paidAt: n % 50 === 1 ? null : now,
      }),
    ),
  );
  await tx.seating.maps.insert([
    {
      id: idOf('map', 1),
      organizerId,
      name: 'Hall',
      seats: ROWS,
      generalPlaces: 0,
      createdAt: now,
    },
  ]);
  await tx.seating.seatings.insert(
    numbers.map((n) => ({
      ...place(n),
      id: idOf('ses', n),
      organizerId,
      seatMapId: idOf('map', 1),
      pools: [],
      revision: 1,
    })),
  );
  await tx.inventory.pools.insert(
    numbers.map((n) => ({ ...sample.pool, ...place(n), id: idOf('pol', n) })),
  );
  await tx.inventory.blocks.insert(numbers.map((n) => ({ ...sample.block(n), ...place(n) })));
  await tx.orders.orders.insert(
    numbers.map((n) =>
      sample.order(n, { ...place(n), userId: user(n), quote, ...(n % 100 ? sample.paid : {}) }),
    ),
  );
  await tx.payments.payments.insert(
    numbers.map((n) =>
      sample.payment(n, {
        ...place(n),
        orderId: idOf('ord', n),
        state: n % 100 ? 'succeeded' : 'created',
      }),
    ),
  );
  await tx.payments.refunds.insert(
    numbers.map((n) =>
      sample.refund(n, {
        ...place(n),
        orderId: idOf('ord', n),
        paymentId: idOf('pay', n),
        state: n % 100 ? 'succeeded' : 'requested',
      }),
    ),
  );
  await tx.giftCards.cards.insert(
    numbers.map((n) => sample.giftCard(n, { codeHash: idOf('gch', n), spent: 1000 })),
  );
  await tx.giftCards.uses.insert(
    numbers.map((n) =>
      sample.giftCardUse(n, {
        ...place(n),
        giftCardId: idOf('gft', n),
        ...(n % 50 ? { expiresAt: null, paidAt: now } : {}),
      }),
    ),
  );
  await tx.giftCards.refunds.insert(
    numbers.map((n) => sample.giftCardRefund(n, { ...place(n), giftCardId: idOf('gft', n) })),
  );
  // Of one organizer, whose numbers no copy could have too: these are not multiplied.
  await tx.invoices.issuers.insert([
    { ...sample.issuer, issue: 'when_paid', followedTo: '2099-01-01T00:00:00.000Z' },
  ]);
  await tx.invoices.invoices.insert(numbers.map((n) => sample.invoice(n, place(n))));
  await tx.invoices.invoices.insert(
    numbers.filter((n) => n % 10 === 0).map((n) => sample.creditNote(n, place(n))),
  );
  await tx.tickets.tickets.insert(
    numbers.map((n) =>
      sample.ticket(n, {
        ...place(n),
        orderId: idOf('ord', n),
        holdId: idOf('hld', n),
        holderUserId: user(n),
      }),
    ),
  );
  await tx.tickets.custody.insert(
    numbers.map((n) =>
      sample.custody(n, { ...place(n), ticketId: idOf('tkt', n), admissionId: idOf('tkt', n) }),
    ),
  );
  await tx.checkin.lists.insert(numbers.map((n) => ({ ...sample.checkinList(n), ...place(n) })));
  await tx.checkin.scans.insert(
    numbers.map((n) =>
      sample.scan(n, {
        ...place(n),
        scanId: idOf('door', n),
        ticketId: idOf('tkt', n),
        admissionId: idOf('tkt', n),
      }),
    ),
  );
  await tx.checkin.presences.put(
    numbers.map((n) =>
      sample.presence(n, { ...place(n), listId: idOf('ckl', 1), admissionId: idOf('tkt', n) }),
    ),
  );
  await tx.transfers.transfers.insert(
    numbers.map((n) =>
      sample.transfer(n, { ...place(n), fromAccessId: idOf('hld', n), fromUserId: user(n) }),
    ),
  );
  await tx.transfers.offeredTickets.insert(
    numbers.map((n) => ({
      organizerId: sample.organizerId,
      ...place(n),
      id: idOf('tkt', n),
      transferId: idOf('trf', n),
    })),
  );
  await tx.resale.listings.insert(
    numbers.map((n) =>
      sample.listing(n, {
        ...place(n),
        ticketId: idOf('tkt', n),
        sellerUserId: user(n),
        sellerKey: user(n),
        price: 5000 + (n % 40) * 50,
        section: n % 3 ? 'A' : null,
        ...(n % 10 < 2 ? { groupId: idOf('lsg', n - (n % 10)), groupSize: 2 } : {}),
        ...(n % 5 === 4 ? { state: 'sold', closedAt: now, buyerOrderId: idOf('ord', n) } : {}),
        ...(n % 500 === 4 ? { settleDueAt: now } : {}),
      }),
    ),
  );
  await waitingAndOffered(tx, place, user, numbers);
  await tx.tickets.revocations.insert(
    numbers.map((n) => ({
      ...sample.revocation(n),
      ...place(n),
      sequence: n % 100 < EVENTS ? null : n,
    })),
  );
  for (let n = 0; n < ALL_EVENTS; n += 1) await tx.tickets.revocations.lockHead(idOf('evt', n));
  await tx.ledger.append(
    numbers.map((n) => sample.posting(n, { ...place(n), at: momentOf(n) })),
    numbers.flatMap((n) =>
      sample.entries(n, 100).map((entry) => ({
        ...entry,
        ...place(n),
        at: momentOf(n),
        party: n % 10 === 0 ? idOf('tkt', n) : null,
      })),
    ),
  );
  await tx.outbox.append(
    numbers.map((n) => sample.outbox(n, { ...place(n), subject: idOf('ord', n), sequence: n })),
  );
  await tx.webhooks.endpoints.insert([sample.endpoint]);
  await tx.webhooks.deliveries.insert(numbers.map((n) => sample.delivery(n, place(n))));
  await tx.idempotency.insert(
    numbers.map((n) => ({
      id: idOf('key', n),
      inputHash: '',
      output: n,
      createdAt: now,
      expiresAt: later,
    })),
    now,
  );
  await tx.audit.append(numbers.map((n) => sample.audit(n, place(n))));
}

/** Who has a key, and one that is retired. */
async function otherOrganizers(tx: WriteTx, numbers: readonly number[]): Promise<void> {
  const others = numbers.map((n) => ({ ...sample.organizer, id: idOf('org', n) }));
  await tx.organizers.organizers.insert(others.filter(({ id }) => id !== organizerId));
  const key = (n: number, own: number) => ({
    ...sample.signingKey,
    id: idOf('key', own),
    organizerId: idOf('org', n),
  });
  await tx.organizers.signingKeys.insert(numbers.map((n) => key(n, n)));
  await tx.organizers.signingKeys.insert(
    numbers.map((n) => ({ ...key(n, n + ROWS), retiredAt: now })),
  );
}

/** Ten thousand dates, a hundred of each series. */
function dates(place: (n: number) => { eventId: string }, numbers: readonly number[]) {
  return numbers.map((n) => ({
    ...sample.session,
    ...place(n),
    id: idOf('ses', n),
    startsAt: `2027-07-10T18:00:00.${String(n % 1000).padStart(3, '0')}Z`,
    seriesId: idOf('ser', n % 100),
    occurrence: `2027-07-10T18:00:00.${n}`,
  }));
}

/** Who waits, each for two types, and behind them who has an offer or had one. */
async function waitingAndOffered(
  tx: WriteTx,
  place: (n: number) => { eventId: string },
  user: (n: number) => string,
  numbers: readonly number[],
): Promise<void> {
  await tx.waitlist.entries.insert(
    numbers.map((n) => sample.entry(n, { ...place(n), userId: user(n) })),
  );
  await tx.waitlist.wishes.insert(
    numbers.flatMap((n) =>
      [n % 7, 7 + (n % 3)].map((type) =>
        sample.wish(n, { ...place(n), ticketTypeId: idOf('typ', type), minQuantity: 1 + (n % 2) }),
      ),
    ),
  );
  await tx.waitlist.entries.insert(
    numbers.map((n) =>
      sample.entry(n + ROWS, {
        ...place(n),
        userId: user(n),
        state: n % 100 < EVENTS ? 'offered' : 'accepted',
      }),
    ),
  );
  await tx.waitlist.offers.insert(
    numbers.map((n) =>
      sample.offer(n, {
        ...place(n),
        entryId: idOf('wle', n + ROWS),
        state: n % 100 < EVENTS ? 'open' : 'accepted',
      }),
    ),
  );
}
