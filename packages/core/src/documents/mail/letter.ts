import * as z from 'zod';
import { idOf } from '../../kernel/index.ts';

const LetterKind = z.enum(['tickets', 'order_access']).meta({
  id: 'LetterKind',
  description: 'What a letter is about: for templates of the host’s own.',
});

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
    attachments: z.array(
      z.object({ filename: z.string(), contentType: z.string(), base64: z.string() }),
    ),
  })
  .meta({ id: 'Letter', description: 'A letter to somebody. Codes and tokens are in it.' });
export type Letter = z.output<typeof Letter>;

/** What a letter says; which fact made it is known besides. */
export type Draft = Omit<Letter, 'id' | 'organizerId' | 'eventId'>;
