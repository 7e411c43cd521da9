import * as z from 'zod';
import { Instant, idOf } from '../../kernel/index.ts';

export const LetterKind = z
  .enum([
    'tickets',
    'order_access',
    'transfer_offer',
    'transferred_tickets',
    'transfer_accepted',
    'reissued_ticket',
    'ticket_sold',
    'waitlist_offer',
  ])
  .meta({
    id: 'LetterKind',
    description: 'What a letter is about: for templates of the host’s own.',
  });
export type LetterKind = z.output<typeof LetterKind>;

/** A letter to somebody, for the host to send. */
export const Letter = z
  .object({
    id: z.string().meta({
      description: 'The same for the same letter, however often it is composed: send each id once.',
      examples: ['obx_01k0000000e008000000000000.tickets'],
    }),
    kind: LetterKind,
    organizerId: idOf('org').nullable(),
    eventId: idOf('evt').nullable(),
    to: z.object({ name: z.string().nullable(), email: z.string() }),
    subject: z.string(),
    text: z.string(),
    orders: z
      .array(z.object({ orderId: idOf('ord'), link: z.string().nullable() }))
      .meta({ description: 'The orders that it is about, with the links that open them.' }),
    offer: z
      .object({
        id: z.string().meta({ description: 'Of a transfer, or of an offer of the waitlist.' }),
        code: z.string().nullable().meta({
          description:
            'What accepts or claims it: the token of a transfer, which opens its tickets later on, or the code of the waitlist. Null: who gets the letter signs in, or has nothing to accept.',
        }),
        link: z.string().nullable(),
        expiresAt: Instant.nullable().meta({ description: 'Null: it was accepted.' }),
      })
      .nullable()
      .meta({ description: 'The offer that it is about; null: none.' }),
    attachments: z.array(
      z.object({ filename: z.string(), contentType: z.string(), base64: z.string() }),
    ),
  })
  .meta({ id: 'Letter', description: 'A letter to somebody. Codes and tokens are in it.' });
export type Letter = z.output<typeof Letter>;

/** What a letter says; which fact made it, and what kind it is, is known besides. */
export type Draft = Omit<Letter, 'id' | 'kind' | 'organizerId' | 'eventId'>;
