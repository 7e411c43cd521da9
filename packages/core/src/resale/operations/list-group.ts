import * as z from 'zod';
import { Amount, Currency, idOf, isRefusal, sumOf, write } from '../../kernel/index.ts';
import { holderOfTickets, TicketId } from '../../tickets/index.ts';
import { Listing } from '../listing.ts';
import { offer } from '../offer.ts';
import { listingRefusals } from './list.ts';

const ListingGroup = z
  .object({
    groupId: idOf('lsg'),
    soldWhole: z.boolean(),
    price: Amount.meta({ description: 'The sum of what is asked for each.' }),
    currency: Currency,
    listings: z.array(Listing).meta({ description: 'One for each ticket, with its own part.' }),
  })
  .meta({ id: 'ListingGroup', description: 'Tickets that their holder sells together.' });

export const listGroup = write({
  name: 'resale.listGroup',
  summary:
    'Offers several tickets together, for one price that is split over them exactly: as a whole only, or also one by one.',
  input: z.strictObject({
    ticketIds: z
      .array(TicketId)
      .min(2)
      .max(20)
      .refine((ids) => new Set(ids).size === ids.length, { error: 'Name each ticket once.' })
      .meta({ examples: [['tkt_01k0000000e008000000000000', 'tkt_01k0000000e008000000000001']] }),
    price: Amount.meta({ description: 'For all of them, in minor units.' }),
    sold: z.enum(['whole', 'singly']).meta({
      description: '`whole`: nobody may buy a part of them. `singly`: as buyers like.',
    }),
  }),
  output: ListingGroup,
  refusals: listingRefusals,
  allow: holderOfTickets,
  run: async (context, { ticketIds, price, sold }) => {
    const soldWhole = sold === 'whole';
    const listings = await offer(context, ticketIds, { price, soldWhole });
    if (isRefusal(listings)) return listings;
    const [first] = listings;
    if (first?.groupId == null) throw new Error('A group was listed without being one.');
    return {
      groupId: first.groupId,
      soldWhole,
      price: sumOf(listings, (listing) => listing.price),
      currency: first.currency,
      listings,
    };
  },
});
