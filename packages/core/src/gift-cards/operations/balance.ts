import * as z from 'zod';
import { maySee } from '../../events/index.ts';
import { Amount, Currency, everyone, Instant, idOf, notFound, read } from '../../kernel/index.ts';
import { codeKey, lastFourOf } from '../code.ts';
import { isUsable } from '../credit.ts';
import { GiftCardCode } from '../gift-card.ts';
import { hashOf } from '../hash.ts';
import { giftCardNotValid } from '../refusals.ts';
import { giftCardResource, lapsedOf } from '../resource.ts';

export const getBalance = read({
  name: 'giftCards.balance',
  summary: 'What is left on a gift card, for whoever knows its code.',
  input: z.strictObject({
    code: GiftCardCode,
    eventId: idOf('evt')
      .optional()
      .meta({ description: 'Whether it counts there: a card of others reads as one that is not.' }),
  }),
  output: z
    .object({
      lastFour: z.string(),
      currency: Currency,
      balance: Amount,
      expiresAt: Instant.nullable(),
    })
    .meta({ id: 'GiftCardBalance' }),
  refusals: [giftCardNotValid],
  allow: everyone,
  run: async (context, { code, eventId }) => {
    const { tx, secrets, now } = context;
    const event = eventId === undefined ? undefined : await tx.events.events.find(eventId);
    if (eventId !== undefined && (event === undefined || !(await maySee(context, event)))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const key = codeKey(code);
    if (key === undefined) return giftCardNotValid({ lastFour: null });
    const notValid = giftCardNotValid({ lastFour: lastFourOf(key) });
    const [card] = await tx.giftCards.cards.findByHashes([hashOf(secrets, key)]);
    if (card === undefined || !isUsable(card, now)) return notValid;
    if (event !== undefined) {
      const here = card.organizerId === event.organizerId && card.currency === event.currency;
      if (!here) return notValid;
    }
    const lapsed = await lapsedOf(context, [card]);
    const { lastFour, currency, balance, expiresAt } = giftCardResource(card, lapsed(card.id));
    return balance > 0 ? { lastFour, currency, balance, expiresAt } : notValid;
  },
});
