import * as z from 'zod';
import { Amount, isRefusal, notFound, write } from '../../kernel/index.ts';
import { amountTooLarge } from '../../pricing/index.ts';
import { holderOfTicket, TicketId } from '../../tickets/index.ts';
import { Listing } from '../listing.ts';
import { offer } from '../offer.ts';
import {
  heldTooShort,
  outsideResaleWindow,
  priceAboveCap,
  priceBelowFloor,
  primaryNotSoldOut,
  resaleLimitExceeded,
  resaleNotAllowed,
  ticketNotResellable,
} from '../refusals.ts';

/** Whatever stands in the way of a listing. */
export const listingRefusals = [
  resaleNotAllowed,
  outsideResaleWindow,
  ticketNotResellable,
  heldTooShort,
  primaryNotSoldOut,
  resaleLimitExceeded,
  priceAboveCap,
  priceBelowFloor,
  amountTooLarge,
] as const;

export const listTicket = write({
  name: 'resale.list',
  summary: 'Offers a ticket for resale at a price within the cap. It stays valid until it is sold.',
  input: z.strictObject({ ticketId: TicketId, price: Amount }),
  output: Listing,
  refusals: listingRefusals,
  allow: holderOfTicket,
  run: async (context, { ticketId, price }) => {
    const offered = await offer(context, [ticketId], { price, soldWhole: false });
    if (isRefusal(offered)) return offered;
    const [listing] = offered;
    return listing ?? notFound({ kind: 'ticket', id: ticketId });
  },
});
