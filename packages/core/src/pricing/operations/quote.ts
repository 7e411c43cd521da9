import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import {
  HoldItem,
  limitExceeded,
  loadCatalogue,
  notOnSale,
  priceSelection,
} from '../../inventory/index.ts';
import { everyone, isRefusal, notFound, read } from '../../kernel/index.ts';
import { Quote } from '../quote-schema.ts';
import { amountTooLarge, codeNotValid, unknownTicketType } from '../refusals.ts';

export const quotePrice = read({
  name: 'quotes.get',
  summary: 'What a selection would cost now, with every step of the calculation. Holds nothing.',
  input: z.strictObject({
    eventId: EventId,
    items: z.array(HoldItem).min(1).max(50),
    codes: z.array(z.string().trim().min(1).max(64)).max(10).default([]),
  }),
  output: Quote,
  refusals: [notOnSale, limitExceeded, unknownTicketType, codeNotValid, amountTooLarge],
  allow: everyone,
  sharedBy: ({ eventId }) => eventId,
  run: async (context, { eventId, items, codes }) => {
    const catalogue = await loadCatalogue(context, eventId, codes, items);
    if (catalogue === undefined || !(await maySee(context, catalogue.event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const priced = priceSelection(catalogue, items, codes, context.now);
    return isRefusal(priced) ? priced : priced.quote;
  },
});
