import * as z from 'zod';
import { isRefusal, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { GiftCard } from '../gift-card.ts';
import { giftCardResource, lapsedOf } from '../resource.ts';

export const listGiftCards = read({
  name: 'giftCards.list',
  summary: 'The gift cards of an organizer, newest first, with their balances and without codes.',
  input: z.strictObject({
    organizerId: OrganizerId,
    state: z.enum(['active', 'disabled']).optional(),
    ...pageInput,
  }),
  output: pageOf(GiftCard, 'GiftCardPage'),
  allow: members('look_up', namedOrganizer),
  run: async (context, { organizerId, state, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const { items, nextCursor } = await context.tx.giftCards.cards.list(
      { organizerId, state },
      page,
    );
    const lapsed = await lapsedOf(context, items);
    return { items: items.map((card) => giftCardResource(card, lapsed(card.id))), nextCursor };
  },
});
