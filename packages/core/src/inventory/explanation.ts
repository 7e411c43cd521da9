import * as z from 'zod';
import { EventId } from '../events/index.ts';
import { Instant, idOf } from '../kernel/index.ts';

const Limitation = z.object({
  kind: z.enum(['pool', 'seats', 'ticket_type', 'parent', 'waitlist', 'sale', 'none']).meta({
    description:
      '`pool`: the tightest of its pools; `seats`: those of its categories; `ticket_type`: a limit in all, its own or that of a part; `parent`: what it is an add-on to; `waitlist`: what is kept for who waits; `sale`: it is not on sale; `none`: nothing limits it.',
  }),
  id: z.string().nullable().meta({ description: 'The pool, the session or the ticket type.' }),
  text: z.string(),
});
export type Limitation = z.output<typeof Limitation>;

const AvailabilityChange = z.object({
  kind: z.enum(['sale_opens', 'sale_closes', 'hold_expires', 'block_release']),
  at: Instant.nullable().meta({ description: 'When; null: when the organizer does it.' }),
  id: z.string().meta({ description: 'The ticket type, the pool, the session or the block.' }),
  units: z.int().nullable().meta({ description: 'Units or seats that it frees.' }),
  text: z.string(),
});
export type AvailabilityChange = z.output<typeof AvailabilityChange>;

export const Explanation = z
  .object({
    eventId: EventId,
    at: Instant,
    pools: z.array(
      z.object({
        poolId: idOf('pol'),
        name: z.string(),
        sessionId: idOf('ses').nullable(),
        capacity: z.int().nullable(),
        held: z.int(),
        sold: z.int(),
        blocked: z.int(),
        lapsed: z
          .int()
          .meta({ description: 'Units that lapsed and nobody has taken back: they are free.' }),
        available: z.int().nullable(),
      }),
    ),
    ticketTypes: z.array(
      z.object({
        ticketTypeId: idOf('typ'),
        name: z.string(),
        onSale: z.boolean(),
        available: z
          .int()
          .nullable()
          .meta({ description: 'How many of the type; null: no limit.' }),
        seats: z
          .array(
            z.object({
              sessionId: idOf('ses'),
              free: z.int(),
              held: z.int(),
              sold: z.int(),
              blocked: z.int(),
            }),
          )
          .nullable()
          .meta({
            description:
              'The seats of its categories in each of its sessions, companion seats included; null: it has none.',
          }),
        limitedBy: Limitation,
        changes: z
          .array(AvailabilityChange)
          .meta({ description: 'What is known to change it; of the past nothing.' }),
        sentences: z.array(z.string()),
      }),
    ),
    unknown: z
      .array(z.string())
      .meta({ description: 'What cannot be told of that instant, in sentences.' }),
  })
  .meta({
    id: 'AvailabilityExplanation',
    description: 'Why so much can be had of each ticket type, and what would change it.',
  });
export type Explanation = z.output<typeof Explanation>;
