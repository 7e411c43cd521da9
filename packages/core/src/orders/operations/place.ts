import * as z from 'zod';
import {
  claimCredit,
  GiftCardCodes,
  giftCardNotValid,
  grantCredit,
} from '../../gift-cards/index.ts';
import {
  claimForBuyer,
  HoldId,
  holdExpired,
  holdNotActive,
  isLive,
  limitExceeded,
  notOnSale,
  orderHold,
  organizerOfHold,
  owner,
  ownerOfHold,
  saleClosed,
  wasLost,
  withAccessToken,
} from '../../inventory/index.ts';
import {
  anyOf,
  isRefusal,
  LostRace,
  notFound,
  plusMinutes,
  sumOf,
  write,
} from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { codeNotValid, withoutTrace } from '../../pricing/index.ts';
import { buyerIsSeller, canCompleteResale, listingClosed } from '../../resale/index.ts';
import { Billing } from '../billing.ts';
import { fulfilOrder } from '../fulfil.ts';
import { amountDue, Buyer, Order, type OrderRecord } from '../order.ts';
import { unknownProvider } from '../refusals.ts';
import { orderResource } from '../resource.ts';

export const placeOrder = write({
  name: 'orders.place',
  summary:
    'Turns a hold into an order that waits for its payment (30 minutes). Gift cards pay first; when nothing is left to pay it is paid at once.',
  input: z.strictObject({
    holdId: HoldId,
    buyer: Buyer,
    billing: Billing.optional(),
    payment: z
      .strictObject({
        provider: z
          .string()
          .min(1)
          .max(50)
          .default('manual')
          .meta({ description: 'Through which the rest is to be paid; by hand when left out.' }),
        giftCards: GiftCardCodes,
      })
      .prefault({}),
  }),
  output: Order,
  refusals: [
    holdExpired,
    holdNotActive,
    notOnSale,
    limitExceeded,
    codeNotValid,
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
  run: async (context, { holdId, buyer, billing, payment }) => {
    const { tx, ids, now, settings, providerNames, emit } = context;
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
    if (was === undefined) return notFound({ kind: 'hold', id: holdId });
    const next = orderHold(was, now);
    if (isRefusal(next)) return next;
    const closed = event && saleClosed(event, sessions, now);
    if (closed !== undefined) return closed;
    const listing = was.listingId && (await tx.resale.listings.find(was.listingId));
    if (listing && listing.sellerEmail === buyer.email) {
      return buyerIsSeller({ listingId: listing.id });
    }

    if (claims.some(wasLost)) {
      // Another server's clock is ahead of this one and took the places back.
      return holdExpired({ holdId, expiredAt: was.expiresAt });
    }
    const { total, currency } = was.quote;
    // What may be paid at once has to be there: after the first write nothing is refused.
    if (was.listingId !== null && (total === 0 || payment.giftCards.length > 0)) {
      const there = await canCompleteResale(context, was);
      if (!there) return listingClosed({ listingId: was.listingId, state: 'invalidated' });
    }
    const payable = { organizerId: was.organizerId, currency, amount: total };
    const giftCards = await grantCredit(context, payment.giftCards, payable);
    if (isRefusal(giftCards)) return giftCards;
    const claimed = await claimForBuyer(context, was, buyer.email);
    if (isRefusal(claimed)) return claimed;
    const credited = sumOf(giftCards, ({ amount }) => amount);
    const isPaid = amountDue({ total, credited }) === 0;
    const expiresAt = plusMinutes(now, settings.paymentMinutes);
    const lapsesAt = isPaid ? null : expiresAt;
    const moved = await tx.inventory.moveExpiry(was.eventId, holdId, lapsesAt, now);
    if (moved < claims.filter(isLive).length + claimed.made)
      throw new LostRace(`Claims of ${holdId} were taken back meanwhile.`);

    const order: OrderRecord = {
      id: ids.next('ord'),
      organizerId: was.organizerId,
      eventId: was.eventId,
      holdId,
      kind: was.listingId === null ? 'primary' : 'resale',
      listingId: was.listingId,
      state: 'pending',
      buyerName: buyer.name,
      buyerEmail: buyer.email,
      billing: billing ?? null,
      userId: was.userId,
      provider: isPaid ? null : payment.provider,
      currency,
      total,
      credited,
      giftCards,
      refunded: 0,
      quote: was.quote,
      expiresAt,
      createdAt: now,
      paidAt: null,
      cancelledAt: null,
      revision: 1,
    };
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
