import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import {
  askedOf,
  Cash,
  Codes,
  demandNow,
  HoldItem,
  limitExceeded,
  loadCatalogue,
  notOnSale,
  priceOf,
  pricingRefusals,
} from '../../inventory/index.ts';
import { everyone, isRefusal, notFound, read } from '../../kernel/index.ts';
import { PriceBuyer } from '../buyer.ts';
import { explainQuote } from '../explain.ts';
import { Quote } from '../quote-schema.ts';

export const quotePrice = read({
  name: 'quotes.get',
  summary: 'What a selection would cost now, with every step of the calculation. Holds nothing.',
  input: z.strictObject({
    eventId: EventId,
    items: z.array(HoldItem).min(1).max(50),
    codes: Codes.default([]),
    buyer: PriceBuyer.optional(),
    cash: Cash.default(false),
    explain: z.boolean().default(false).meta({ description: 'Whether to put it into sentences.' }),
  }),
  output: Quote.extend({
    explanation: z
      .array(z.string())
      .optional()
      .meta({ description: 'The steps as sentences, when they were asked for.' }),
  }),
  refusals: [notOnSale, limitExceeded, ...pricingRefusals],
  allow: everyone,
  sharedBy: ({ eventId }) => eventId,
  run: async (context, { eventId, items, codes, explain, ...given }) => {
    const catalogue = await loadCatalogue(context, eventId, codes, items);
    if (catalogue === undefined || !(await maySee(context, catalogue.event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const asked = await askedOf(context, catalogue.event.organizerId, given);
    if (isRefusal(asked)) return asked;
    const demand = await demandNow(context, catalogue, items);
    const priced = priceOf(catalogue, items, codes, context.now, { ...asked, demand });
    if (isRefusal(priced)) return priced;
    return explain ? { ...priced.quote, explanation: explainQuote(priced.quote) } : priced.quote;
  },
});
