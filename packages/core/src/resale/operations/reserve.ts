import * as z from 'zod';
import {
  claimInOrder,
  Hold,
  type HoldRecord,
  holdResource,
  notOnSale,
  saleClosed,
  withAccessToken,
  writeClaims,
} from '../../inventory/index.ts';
import {
  type Actor,
  batchedWrite,
  everyone,
  notFound,
  plusMinutes,
  type Refusal,
} from '../../kernel/index.ts';
import { resaleQuote } from '../../pricing/index.ts';
import { ListingId, type ListingRecord } from '../listing.ts';
import { buyerFeeOf } from '../policy.ts';
import { buyerIsSeller, listingClosed } from '../refusals.ts';
import { closedRefusal } from '../transitions.ts';

export const reserveListing = batchedWrite({
  name: 'resale.reserve',
  summary:
    'Reserves a listing for one buyer: a hold on it, to be placed and paid like any other. The first of all who ask gets it.',
  input: z.strictObject({ listingId: ListingId }),
  output: Hold,
  refusals: [listingClosed, buyerIsSeller, notOnSale],
  allow: everyone,
  lane: ({ listingId }) => listingId,
  present: (context, hold) => withAccessToken(context, hold, hold.id),
  runMany: async (context, commands) => {
    const { tx, ids, now, settings } = context;
    const listingId = commands[0]?.input.listingId ?? '';
    const found = await tx.resale.listings.find(listingId);
    if (found === undefined) {
      return commands.map(() => notFound({ kind: 'listing', id: listingId }));
    }
    const { eventId } = found;
    const units = [{ targetId: listingId, units: 1 }];
    const shortages = await claimInOrder(
      context,
      eventId,
      commands.map(({ actor }) => ({ units: isSeller(actor, found) ? [] : units })),
    );
    // Who withdraws, sells or cancels locks the same counter: what is read now, stands.
    const listing = (await tx.resale.listings.find(listingId)) ?? found;
    const event = await tx.events.events.find(eventId);
    const sessions = await tx.events.sessions.ofEvents([eventId]);
    const closed = closedRefusal(listing, false) ?? (event && saleClosed(event, sessions, now));

    const granted: { hold: HoldRecord; units: typeof units }[] = [];
    const results = commands.map(({ actor, emit }, index): Hold | Refused => {
      if (closed !== undefined) return closed;
      if (isSeller(actor, listing)) return buyerIsSeller({ listingId });
      if (shortages[index] !== undefined) return listingClosed({ listingId, state: 'reserved' });
      const hold: HoldRecord = {
        id: ids.next('hld'),
        organizerId: listing.organizerId,
        eventId,
        state: 'active',
        userId: actor.type === 'user' ? actor.id : null,
        items: [],
        listingId,
        quote: resaleQuote(listing.currency, listing, buyerFeeOf(listing.terms, listing.price)),
        expiresAt: plusMinutes(now, settings.holdMinutes),
        createdAt: now,
        revision: 1,
      };
      granted.push({ hold, units });
      const created = holdResource(hold, now);
      emit({
        type: 'listing.reserved',
        organizerId: hold.organizerId,
        eventId,
        subject: listingId,
        data: created,
      });
      return created;
    });
    if (granted.length > 0) await writeClaims(context, eventId, granted);
    return results;
  },
});

type Refused = Refusal<'listing_closed' | 'buyer_is_seller' | 'not_on_sale'>;

function isSeller(actor: Actor, listing: ListingRecord): boolean {
  return actor.type === 'user' && actor.id === listing.sellerUserId;
}
