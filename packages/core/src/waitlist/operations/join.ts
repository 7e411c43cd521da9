import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import {
  buyerKeyOf,
  limitExceeded,
  loadCatalogue,
  notOnSale,
  priceSelection,
  pricingRefusals,
  withAccessToken,
} from '../../inventory/index.ts';
import { everyone, idOf, isRefusal, LostRace, notFound, write } from '../../kernel/index.ts';
import { Buyer } from '../../orders/index.ts';
import { placeOf, WaitlistEntry, type WaitlistEntryRecord, wishesOf } from '../entry.ts';
import { followWaited, tellEntry, termsOf } from '../follow.ts';
import { heldOffers } from '../held.ts';
import { outcomeOf } from '../offer.ts';
import { priorityOf } from '../policy.ts';
import { alreadyWaiting, notSoldOut, notWaitable, waitlistClosed } from '../refusals.ts';
import { entryResource } from '../resource.ts';
import { roomForPublic } from '../room.ts';
import { settleOffers } from '../settle.ts';
import { missEntry } from '../transitions.ts';

export const joinWaitlist = write({
  name: 'waitlist.join',
  summary:
    'Puts somebody on the waitlist of an event, for one of several ticket types. What comes free is offered to the list before the public.',
  input: z
    .strictObject({
      eventId: EventId,
      ticketTypeIds: z
        .array(idOf('typ'))
        .min(1)
        .max(10)
        .meta({ description: 'Any of these, the most wanted first.' }),
      quantity: z.int().min(1).max(100).default(1),
      minQuantity: z.int().min(1).max(100).optional().meta({
        description: 'The fewest that will do; left out, all of `quantity` or nothing.',
      }),
      buyer: Buyer,
    })
    .refine(({ quantity, minQuantity = quantity }) => minQuantity <= quantity, {
      path: ['minQuantity'],
      message: 'The fewest that will do are not more than what is asked for.',
    }),
  output: WaitlistEntry,
  refusals: [
    waitlistClosed,
    notSoldOut,
    notWaitable,
    alreadyWaiting,
    limitExceeded,
    notOnSale,
    ...pricingRefusals,
  ],
  allow: everyone,
  present: (context, entry) => withAccessToken(context, entry, entry.id),
  run: async (context, { eventId, ticketTypeIds, quantity, minQuantity = quantity, buyer }) => {
    const { tx, actor, ids, now, secrets } = context;
    const seen = await tx.events.events.find(eventId);
    if (seen === undefined || !(await maySee(context, seen))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const types = [...new Set(ticketTypeIds)];
    const userId = actor.type === 'user' ? actor.id : null;
    const buyerKey = buyerKeyOf(secrets, eventId, { userId, email: buyer.email }) ?? '';
    const had = await tx.waitlist.entries.active(eventId, buyerKey);
    // Only who is the first to wait for a type, or has an offer that is over, changes the event.
    const changes = had?.state === 'offered' || types.some((id) => !seen.waited.includes(id));
    const event = changes
      ? (await tx.events.events.findForUpdate([eventId]))[0]
      : await tx.events.events.findForShare(eventId);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const before = await tx.waitlist.entries.active(eventId, buyerKey);
    const isShared = before?.state === 'offered' || types.some((id) => !event.waited.includes(id));
    if (isShared && !changes) throw new LostRace('The waitlist has changed meanwhile.');

    const terms = await termsOf(context, eventId);
    if (!terms.open) return waitlistClosed({ eventId });
    if (quantity > terms.maxQuantity) {
      const limit = terms.maxQuantity;
      return limitExceeded({ limit, per: 'order', ticketTypeId: null, eventId, available: limit });
    }
    const items = types.map((ticketTypeId) => ({ ticketTypeId, quantity }));
    const catalogue = await loadCatalogue(context, eventId, [], items);
    if (catalogue === undefined) return notFound({ kind: 'event', id: eventId });
    for (const item of items) {
      // What could never be offered is refused as a hold of it would be.
      for (const asked of [item, { ...item, quantity: minQuantity }]) {
        const priced = priceSelection(catalogue, [asked], [], now);
        if (isRefusal(priced)) return priced;
      }
      const { ticketTypeId } = item;
      const isSeated = catalogue.ticketTypes.get(ticketTypeId)?.seating != null;
      if (isSeated) return notWaitable({ ticketTypeId, why: 'seated' });
    }
    const held =
      before === undefined ? undefined : (await heldOffers(context, [before])).get(before.id);
    if (before !== undefined && !isDone(before, held, { terms, now })) {
      return alreadyWaiting({ eventId });
    }
    if (before !== undefined && held !== undefined) {
      // Before the counters, as everybody locks them.
      await tx.inventory.holds.findForUpdate([held.hold.id]);
      await tx.waitlist.entries.findForUpdate([before.id]);
      await tx.waitlist.offers.findForUpdate([held.offer.id]);
    }
    const room = await roomForPublic(context, catalogue, types, minQuantity);
    if (room !== undefined) return notSoldOut(room);

    if (held !== undefined) await settleOffers(context, [held.offer], terms);
    const id = ids.next('wle');
    const priority = priorityOf(terms, actor.type === 'user' ? actor.attributes : []);
    const entry: WaitlistEntryRecord = {
      id,
      organizerId: event.organizerId,
      eventId,
      userId,
      ...buyer,
      buyerKey,
      ticketTypeIds: types,
      quantity,
      minQuantity,
      priority,
      place: placeOf(priority, now, id),
      misses: 0,
      state: 'waiting',
      endedFor: null,
      joinedAt: now,
      revision: 1,
    };
    await tx.waitlist.entries.admit(entry);
    await tx.waitlist.wishes.insert(wishesOf(entry));
    if (changes) await followWaited(context, event);
    tellEntry(context, 'waitlist.joined', entry);
    return entryResource(entry, now);
  },
});

/** Whether an entry is off the list as soon as somebody writes down what became of its offer. */
function isDone(
  entry: WaitlistEntryRecord,
  held: Parameters<typeof entryResource>[2],
  { terms, now }: { terms: Parameters<typeof missEntry>[1]; now: string },
): boolean {
  if (held === undefined) return false;
  const state = outcomeOf(held.offer, held.hold, now);
  if (state === 'open') return false;
  return state === 'accepted' || missEntry(entry, terms, now).state === 'ended';
}
