import * as z from 'zod';
import { given, InstantInput, notFound, write } from '../../kernel/index.ts';
import { membersOfGiftCard } from '../access.ts';
import { GiftCard, GiftCardId, type GiftCardRecord } from '../gift-card.ts';
import { giftCardResource, lapsedOf } from '../resource.ts';

export const updateGiftCard = write({
  name: 'giftCards.update',
  summary:
    'Disables or enables a gift card, moves its expiry or changes its note. Orders that use it already keep their share.',
  input: z.strictObject({
    giftCardId: GiftCardId,
    state: z.enum(['active', 'disabled']).optional(),
    expiresAt: InstantInput.nullable().optional(),
    note: z.string().trim().min(1).max(500).nullable().optional(),
  }),
  output: GiftCard,
  allow: membersOfGiftCard('manage_events'),
  run: async (context, { giftCardId, ...patch }) => {
    const { tx, emit } = context;
    const [was] = await tx.giftCards.cards.findForUpdate([giftCardId]);
    if (was === undefined) return notFound({ kind: 'gift card', id: giftCardId });
    const next: GiftCardRecord = { ...was, ...given(patch) };
    await tx.giftCards.cards.save(next, was);
    const lapsed = await lapsedOf(context, [next]);
    const updated = giftCardResource(next, lapsed(next.id));
    emit({
      type: 'gift_card.updated',
      organizerId: was.organizerId,
      eventId: null,
      subject: giftCardId,
      data: updated,
    });
    return updated;
  },
});
