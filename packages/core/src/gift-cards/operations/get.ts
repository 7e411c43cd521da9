import * as z from 'zod';
import { notFound, read } from '../../kernel/index.ts';
import { membersOfGiftCard } from '../access.ts';
import { GiftCard, GiftCardId } from '../gift-card.ts';
import { giftCardResource, lapsedOf, useResource } from '../resource.ts';
import { GiftCardUse } from '../use.ts';

/** More than a card has in practice. */
const SHOWN = 200;

export const getGiftCard = read({
  name: 'giftCards.get',
  summary: 'One gift card with what orders took from it: the newest 200 uses.',
  input: z.strictObject({ giftCardId: GiftCardId }),
  output: GiftCard.extend({ uses: z.array(GiftCardUse) }).meta({ id: 'GiftCardWithUses' }),
  allow: membersOfGiftCard('look_up'),
  run: async (context, { giftCardId }) => {
    const { tx, now } = context;
    const card = await tx.giftCards.cards.find(giftCardId);
    if (card === undefined) return notFound({ kind: 'gift card', id: giftCardId });
    const lapsed = await lapsedOf(context, [card]);
    const { items } = await tx.giftCards.uses.list(
      { giftCardId },
      { limit: SHOWN, after: undefined },
    );
    return {
      ...giftCardResource(card, lapsed(card.id)),
      uses: items.map((use) => useResource(use, now)),
    };
  },
});
