import { MOST, newId, now } from './records.ts';
import { odd, type Trips, through } from './trip.ts';
import { anEntry, anOffer, aWish } from './waitlist-records.ts';

/** A record of every table of who waits, with the values that are easily lost. */
export const waiting: Trips = {
  'waitlist policy': (tx, { organizerId, eventId }) =>
    through(tx.waitlist.policies, {
      id: eventId,
      organizerId,
      terms: {
        open: false,
        offerMinutes: 1,
        maxQuantity: 100,
        misses: 0,
        priorities: [{ attribute: odd, priority: -1000 }],
      },
      revision: 7,
    }),
  'waitlist entry': (tx, owner) =>
    through(tx.waitlist.entries, {
      ...anEntry(owner),
      userId: odd,
      name: odd,
      email: odd,
      buyerKey: odd,
      ticketTypeIds: [odd, ''],
      quantity: MOST,
      minQuantity: MOST,
      priority: -3,
      place: odd,
      misses: 2,
      state: 'ended',
      endedFor: 'missed',
      revision: 7,
    }),
  'what an entry waits for': async (tx, owner) => {
    const entry = { ...anEntry(owner), quantity: 9, minQuantity: 3 };
    const { ticketTypeId, ...wish } = aWish(entry);
    await tx.waitlist.entries.insert([entry]);
    await tx.waitlist.wishes.insert([{ ...wish, ticketTypeId }]);
    const found = (await tx.waitlist.waiting(owner.eventId))[0];
    return { wrote: { ticketTypeId, minQuantity: 3, quantity: 9, entries: 1 }, found };
  },
  'waitlist offer': async (tx, owner) => {
    const entry = anEntry(owner);
    await tx.waitlist.entries.insert([entry]);
    const offer = await anOffer(tx, entry);
    const claimed = { quantity: MOST, state: 'accepted', claimedAt: now, revision: 2 } as const;
    return through(tx.waitlist.offers, { ...offer, ...claimed, ticketTypeId: newId('typ') });
  },
};
