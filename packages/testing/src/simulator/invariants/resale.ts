import type { ListingRecord } from '@ticketi/core';
import type { StepRule } from './invariant.ts';

export const capped: StepRule = {
  name: 'nobody asks more for a ticket than its cap',
  find: ({ journal: { books } }) =>
    [...books.listing.values()].flatMap((listing) => {
      const cap = capOf(listing);
      return listing.price > cap ? [`${listing.id} asks ${listing.price}, may ask ${cap}`] : [];
    }),
};

/** The cap in percent of what was paid, halves up; the policies of the simulator have no other. */
function capOf({ paid, terms: { cap } }: ListingRecord): number {
  return cap === null ? Number.POSITIVE_INFINITY : Math.floor((2 * paid * Number(cap) + 100) / 200);
}

export const sellersPaid: StepRule = {
  name: 'a seller is paid once, for a ticket that changed hands, and paid out after its event',
  find({ journal: { books }, office: { endsAt } }) {
    const sold = new Map<string, ListingRecord>();
    for (const listing of books.listing.values()) {
      if (listing.state === 'sold') sold.set(listing.ticketId, listing);
    }
    const paid = new Map<string, number>();
    const wrong: string[] = [];
    const add = (ticketId: string, amount: number) =>
      void paid.set(ticketId, (paid.get(ticketId) ?? 0) + amount);
    for (const { id, ticketId, amount, state, createdAt } of books.payout.values()) {
      if (ticketId === null || state === 'failed' || state === 'cancelled') continue;
      add(ticketId, amount);
      if (createdAt < endsAt) wrong.push(`${id} was made before the event was over`);
    }
    for (const { kind, ticketIds, amount } of books.orderRefund.values()) {
      if (kind === 'resold') add(ticketIds[0] ?? '', amount);
    }
    for (const [ticketId, amount] of paid) {
      const listing = sold.get(ticketId);
      if (books.ticket.get(ticketId)?.voidReason !== 'resold' || listing === undefined) {
        wrong.push(`${ticketId} was not sold, and its holder has ${amount}`);
      } else if (amount > listing.price) {
        wrong.push(`${ticketId} was sold for ${listing.price}, and its seller has ${amount}`);
      }
    }
    return wrong;
  },
};
