import { claimCredit, giftCardNotValid, grantCredit } from '../../gift-cards/index.ts';
import {
  claimForBuyer,
  holdExpired,
  holdNotActive,
  holdNotChangeable,
  isLive,
  limitExceeded,
  normalizeEmail,
  notOnSale,
  orderHold,
  organizerOfHold,
  owner,
  ownerOfHold,
  saleClosed,
  wasLost,
  withAccessToken,
} from '../../inventory/index.ts';
import { anyOf, isRefusal, LostRace, notFound, sumOf, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { codeNotValid, complimentaryQuote, withoutTrace } from '../../pricing/index.ts';
import { answersNotValid } from '../../questions/index.ts';
import {
  buyerIsSeller,
  canCompleteResale,
  listingClosed,
  overListing,
} from '../../resale/index.ts';
import { fulfilOrder } from '../fulfil.ts';
import { newOrder } from '../new-order.ts';
import { amountDue, Order } from '../order.ts';
import { payBy } from '../pay-by.ts';
import { PlaceOrder } from '../place-input.ts';
import { beyondPrivileges } from '../privileges.ts';
import { membersOnly, unknownProvider } from '../refusals.ts';
import { orderResource } from '../resource.ts';
import { whatIsSaid } from '../said.ts';

export const placeOrder = write({
  name: 'orders.place',
  summary:
    'Turns a hold into an order that waits for its payment (30 minutes). Gift cards pay first; when nothing is left to pay it is paid at once.',
  input: PlaceOrder,
  output: Order,
  refusals: [
    holdExpired,
    holdNotActive,
    holdNotChangeable,
    notOnSale,
    limitExceeded,
    codeNotValid,
    membersOnly,
    answersNotValid,
    unknownProvider,
    giftCardNotValid,
    buyerIsSeller,
    listingClosed,
  ],
  allow: anyOf(owner(ownerOfHold), members('sell', organizerOfHold)),
  lane: {
    subject: ({ holdId }) => holdId,
    find: async ({ inventory }, holdIds) =>
      (await inventory.holds.eventsOf(holdIds)).map(({ id, eventId }) => ({
        subject: id,
        key: eventId,
      })),
  },
  routes: ({ id, eventId }) => [{ subject: id, key: eventId }],
  present: (context, order) => withAccessToken(context, order, order.holdId),
  run: async (context, input) => {
    const { tx, ids, now, settings, providerNames, emit } = context;
    const { holdId, buyer, payment, complimentary } = input;
    if (!providerNames.includes(payment.provider)) {
      return unknownProvider({ provider: payment.provider, known: [...providerNames] });
    }
    const eventId = context.route?.key ?? (await tx.inventory.holds.find(holdId))?.eventId;
    if (eventId === undefined) return notFound({ kind: 'hold', id: holdId });
    // The event before the hold: whoever cancels it locks it first too, and then finds this order.
    // What is only read is read under these locks.
    const [event, [was], sessions, claims] = await Promise.all([
      tx.events.events.findForShare(eventId),
      tx.inventory.holds.findForUpdate([holdId]),
      tx.events.sessions.lastOf(eventId),
      tx.inventory.claimsOf(eventId, holdId),
    ]);
    if (was === undefined || event === undefined) return notFound({ kind: 'hold', id: holdId });
    const beyond = await beyondPrivileges(context, was.organizerId, input);
    if (beyond !== undefined) return beyond;
    const next = orderHold(was, now);
    if (isRefusal(next)) return next;
    const closed = saleClosed(event, sessions, now);
    if (closed !== undefined) return closed;
    const { listingId } = was;
    const listing = listingId && (await tx.resale.listings.find(listingId));
    if (listing && normalizeEmail(listing.sellerEmail) === normalizeEmail(buyer.email)) {
      return buyerIsSeller({ listingId: listing.id });
    }
    const over = listing && (await overListing(context, eventId, was.quote));
    if (over) return listingClosed({ listingId: over, state: 'expired' });
    // What a holder sells is not the organizer's to give away.
    if (listingId !== null && complimentary !== undefined) {
      return holdNotChangeable({ holdId, listingId });
    }
    const isResale = listingId !== null;
    const said = await whatIsSaid(context, event, { quote: was.quote, isResale }, input);
    if (isRefusal(said)) return said;

    if (claims.some(wasLost)) {
      // Another server's clock is ahead of this one and took the places back.
      return holdExpired({ holdId, expiredAt: was.expiresAt });
    }
    const quote = complimentary ? complimentaryQuote(was.quote, complimentary.reason) : was.quote;
    const { total, currency } = quote;
    // What may be paid at once has to be there: after the first write nothing is refused.
    if (listingId !== null && (total === 0 || payment.giftCards.length > 0)) {
      const there = await canCompleteResale(context, was);
      if (!there) return listingClosed({ listingId, state: 'invalidated' });
    }
    const payable = { organizerId: was.organizerId, currency, amount: total };
    const giftCards = await grantCredit(context, payment.giftCards, payable);
    if (isRefusal(giftCards)) return giftCards;
    const claimed = await claimForBuyer(context, was, buyer.email);
    if (isRefusal(claimed)) return claimed;
    const credited = sumOf(giftCards, ({ amount }) => amount);
    const isPaid = amountDue({ total, credited }) === 0;
    const expiresAt = payBy(now, settings, sessions, payment);
    const lapsesAt = isPaid ? null : expiresAt;
    const moved = await tx.inventory.moveExpiry(was.eventId, holdId, lapsesAt, now);
    if (moved < claims.filter(isLive).length + claimed.made)
      throw new LostRace(`Claims of ${holdId} were taken back meanwhile.`);

    const found = { ...said, credited, giftCards, quote, isPaid, expiresAt };
    const order = newOrder(ids, was, input, found, now);
    await tx.inventory.holds.save({ ...next, buyerKey: claimed.buyerKey }, was);
    await tx.orders.orders.insert([order]);
    await claimCredit(context, order, lapsesAt);
    const placed = orderResource(order, undefined, now);
    emit({
      type: 'order.placed',
      organizerId: order.organizerId,
      eventId: order.eventId,
      subject: order.id,
      data: withoutTrace(placed),
    });
    if (!isPaid) return placed;
    return orderResource(await fulfilOrder(context, order), undefined, now);
  },
});
