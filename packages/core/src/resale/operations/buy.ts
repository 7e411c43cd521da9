import * as z from 'zod';
import { GiftCardCodes, giftCardNotValid } from '../../gift-cards/index.ts';
import {
  holdExpired,
  holdNotActive,
  notOnSale,
  releaseHold,
  withAccessToken,
} from '../../inventory/index.ts';
import { type Actor, everyone, workflow } from '../../kernel/index.ts';
import { Buyer, Order, placeOrder, unknownProvider } from '../../orders/index.ts';
import { payOrder, payWith, providerUnreachable } from '../../payments/index.ts';
import {
  buyerIsSeller,
  listingClosed,
  listingPriceChanged,
  listingSoldWhole,
} from '../refusals.ts';
import { reserveListing, wantedListing } from './reserve.ts';

export const buyListing = workflow({
  name: 'resale.buy',
  summary:
    'Buys a listing in one call: reserve, order, pay. With the payment the code changes hands in one transaction.',
  input: z.strictObject({
    ...wantedListing,
    buyer: Buyer,
    payment: z.strictObject({ ...payWith, giftCards: GiftCardCodes }),
  }),
  output: Order,
  refusals: [
    listingClosed,
    listingSoldWhole,
    listingPriceChanged,
    buyerIsSeller,
    notOnSale,
    holdExpired,
    holdNotActive,
    giftCardNotValid,
    unknownProvider,
    providerUnreachable,
  ],
  allow: everyone,
  present: (context, order) => withAccessToken(context, order, order.holdId),
  run: async ({ actor, keyed, call, callAsSystem }, { buyer, payment, ...wanted }) => {
    const hold = await call(reserveListing, wanted);
    const buyerActor: Actor =
      actor.type === 'anonymous' || actor.type === 'guest'
        ? { type: 'guest', token: hold.accessToken ?? '' }
        : actor;
    const { provider, method, giftCards } = payment;
    const order = await call(
      placeOrder,
      { holdId: hold.id, buyer, payment: { provider, giftCards } },
      buyerActor,
    ).catch(async (error: unknown) => {
      // What stops the order must not keep the listing from others until the hold expires. Who
      // may not place it (an API key that may not sell) may not release it either. A caller with
      // a key keeps it: their repeat goes on with this reservation.
      if (!keyed) await callAsSystem(releaseHold, { holdId: hold.id }).catch(() => undefined);
      throw error;
    });
    return order.state === 'pending'
      ? call(payOrder, { orderId: order.id, provider, method }, buyerActor)
      : order;
  },
});
