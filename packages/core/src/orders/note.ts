import * as z from 'zod';
import { Instant, idOf } from '../kernel/index.ts';

export const OrderNote = z
  .object({
    id: idOf('nte'),
    orderId: idOf('ord'),
    text: z.string(),
    author: z.string().meta({
      description: 'Who wrote it, as the audit names them.',
      examples: ['user:mara'],
    }),
    createdAt: Instant,
  })
  .meta({ id: 'OrderNote', description: 'What a member wrote down about an order.' });
type OrderNote = z.output<typeof OrderNote>;

/** A note is written once; it is neither changed nor taken away. */
export interface OrderNoteRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly orderId: string;
  readonly text: string;
  readonly author: string;
  readonly createdAt: string;
}

export function noteResource({ id, orderId, text, author, createdAt }: OrderNoteRecord): OrderNote {
  return { id, orderId, text, author, createdAt };
}
