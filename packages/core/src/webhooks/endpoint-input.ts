import * as z from 'zod';
import { EVENT_TYPES } from './event.ts';

/** What members say of an endpoint. */
export const endpointFields = {
  url: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .meta({ description: 'An https address.', examples: ['https://example.com/hooks/ticketi'] }),
  types: z
    .array(z.enum(EVENT_TYPES))
    .min(1)
    .max(200)
    .nullable()
    .meta({
      description: 'The types of facts that it gets; null: all of them.',
      examples: [['order.paid', 'ticket.issued']],
    }),
  ordered: z.boolean().meta({
    description:
      'Whether facts of one event go one after another, in order; false: side by side, faster.',
  }),
  description: z.string().trim().min(1).max(500).nullable(),
};
