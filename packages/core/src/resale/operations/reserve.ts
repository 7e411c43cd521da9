import * as z from 'zod';
import { maySee } from '../../events/index.ts';
import {
  claimInOrder,
  Hold,
  type HoldRecord,
  holdResource,
  notOnSale,
  outOfReach,
  saleClosed,
  withAccessToken,
  writeClaims,
} from '../../inventory/index.ts';
import {
  type Actor,
  batchedWrite,
  type Command,
  everyone,
  notFound,
  plusMinutes,
  type Refusal,
} from '../../kernel/index.ts';
import { resaleQuote, withoutTrace } from '../../pricing/index.ts';
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
  lane: { key: ({ listingId }) => listingId },
  routes: ({ id, eventId }) => [{ subject: id, key: eventId }],
  present: (context, hold) => withAccessToken(context, hold, hold.id),
  runMany: async (context, commands) => {
    const { tx, ids, now, settings } = context;
    const listingId = commands[0]?.input.listingId ?? '';
    const missing = notFound({ kind: 'listing', id: listingId });
    const found = await tx.resale.listings.find(listingId);
    const listed = found && (await tx.events.events.find(found.eventId));
    if (found === undefined || listed === undefined) return commands.map(() => missing);
    const seen = await tx.together(
      commands.map(
        ({ actor }) =>
          () =>
            maySee({ tx, actor }, listed),
      ),
    );
    const visible = new Map<Command<unknown>, boolean>(
      commands.map((command, index) => [command, seen[index] ?? false]),
    );
    const { eventId } = found;
    const units = [{ targetId: listingId, units: 1 }];
    const [taken] = await outOfReach(context, eventId, [{ targets: units }]);
    if (taken !== undefined) {
      const closed = closedRefusal(found, false);
      return commands.map((command) => {
        if (!visible.get(command)) return missing;
        if (closed !== undefined) return closed;
        if (isSeller(command.actor, found)) return buyerIsSeller({ listingId });
        return listingClosed({ listingId, state: 'reserved' });
      });
    }
    const shortages = await claimInOrder(
      context,
      eventId,
      commands.map((command) => ({
        targets: visible.get(command) && !isSeller(command.actor, found) ? units : [],
      })),
    );
    // Who withdraws, sells or cancels locks the same counter: what is read now, stands.
    const listing = (await tx.resale.listings.find(listingId)) ?? found;
    const event = await tx.events.events.find(eventId);
    const sessions = await tx.events.sessions.lastOf(eventId);
    const closed = closedRefusal(listing, false) ?? (event && saleClosed(event, sessions, now));

    const granted: { hold: HoldRecord; units: typeof units }[] = [];
    const results = commands.map((command, index): Hold | Refused => {
      const { actor, emit } = command;
      if (!visible.get(command)) return missing;
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
        // Limits are for who takes places of the organizer: this one was counted at its first sale.
        buyerKey: null,
        asked: null,
        limits: [],
        expiresAt: plusMinutes(now, settings.holdMinutes),
        extendedAt: null,
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
        data: withoutTrace(created),
      });
      return created;
    });
    if (granted.length > 0) await writeClaims(context, eventId, granted);
    return results;
  },
});

type Refused = Refusal<'not_found' | 'listing_closed' | 'buyer_is_seller' | 'not_on_sale'>;

function isSeller(actor: Actor, listing: ListingRecord): boolean {
  return actor.type === 'user' && actor.id === listing.sellerUserId;
}
