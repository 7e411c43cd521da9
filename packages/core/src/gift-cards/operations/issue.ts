import * as z from 'zod';
import { Amount, Currency, InstantInput, notFound, write } from '../../kernel/index.ts';
import { bookGiftCardIssue } from '../../ledger/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { CODE_BYTES, codeFrom, codeKey, lastFourOf } from '../code.ts';
import { GiftCard, type GiftCardRecord } from '../gift-card.ts';
import { hashOf } from '../hash.ts';
import { giftCardResource } from '../resource.ts';

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
    const { tx, ids, secrets, now, emit } = context;
    const organizer = await tx.organizers.organizers.find(organizerId);
    if (organizer === undefined) return notFound({ kind: 'organizer', id: organizerId });
    const code = codeFrom(secrets.random(CODE_BYTES));
    const key = codeKey(code);
    if (key === undefined) throw new Error('A code that was just made does not read as one.');
    const card: GiftCardRecord = {
      id: ids.next('gft'),
      organizerId,
      codeHash: hashOf(secrets, key),
      lastFour: lastFourOf(key),
      currency,
      loaded: amount,
      spent: 0,
      state: 'active',
      expiresAt,
      note,
      createdAt: now,
      revision: 1,
    };
    await tx.giftCards.cards.insert([card]);
    await bookGiftCardIssue(context, card);
    const issued = giftCardResource(card, 0);
    emit({
      type: 'gift_card.issued',
      organizerId,
      eventId: null,
      subject: card.id,
      data: issued,
    });
    return { ...issued, code };
  },
});
