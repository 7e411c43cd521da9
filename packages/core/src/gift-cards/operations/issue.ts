import * as z from 'zod';
import { Amount, Currency, InstantInput, notFound, write } from '../../kernel/index.ts';
import { bookGiftCardIssue } from '../../ledger/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { GiftCard } from '../gift-card.ts';
import { announceGiftCard, makeGiftCard } from '../make.ts';

const IssuedGiftCard = GiftCard.extend({
  code: z.string().meta({
    description: 'What its owner pays with. Shown this once: nobody can look it up later.',
  }),
}).meta({ id: 'IssuedGiftCard' });

export const issueGiftCard = write({
  name: 'giftCards.issue',
  summary: 'Makes a gift card with a balance. Its code is in the answer, and nowhere else.',
  input: z.strictObject({
    organizerId: OrganizerId,
    amount: Amount.min(1),
    currency: Currency,
    expiresAt: InstantInput.nullable().default(null),
    note: z.string().trim().min(1).max(500).nullable().default(null),
  }),
  output: IssuedGiftCard,
  allow: members('manage_events', namedOrganizer),
  run: async (context, { organizerId, amount, currency, expiresAt, note }) => {
    const { tx } = context;
    const organizer = await tx.organizers.organizers.find(organizerId);
    if (organizer === undefined) return notFound({ kind: 'organizer', id: organizerId });
    const { card, code } = await makeGiftCard(context, {
      organizerId,
      amount,
      currency,
      expiresAt,
      note,
    });
    await bookGiftCardIssue(context, card);
    return { ...announceGiftCard(context, card), code };
  },
});
