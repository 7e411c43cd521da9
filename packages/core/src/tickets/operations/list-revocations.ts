import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { notFound, read } from '../../kernel/index.ts';
import { Revocation, revocationResource } from '../revocation.ts';
import { TicketId } from '../ticket.ts';

const Next = z.object({ after: z.int(), unnumberedAfter: TicketId.nullable() });

/**
 * Those with a number in its order, then those that have none yet: so nobody waits
 * for the worker, and a device that remembers `sequence` misses nothing
 * (docs/decisions/0026-revocation-numbers.md).
 */
export const listRevocations = read({
  name: 'tickets.revocations',
  summary:
    'The codes of an event that were revoked after a number, for doors that decide alone. None is ever taken off the list.',
  input: z.strictObject({
    eventId: EventId,
    after: z.int().min(0).default(0).meta({
      description: 'The `sequence` of the last answer; 0: from the first.',
    }),
    unnumberedAfter: TicketId.nullable().default(null).meta({
      description: 'Only from `next`: how far those without a number were read.',
    }),
    limit: z.int().min(1).max(1000).default(1000).meta({
      description: 'Most revocations in the answer (1 to 1000).',
    }),
  }),
  output: z
    .object({
      items: z.array(Revocation),
      sequence: z.int().meta({
        description: 'None up to this number is missing: what to ask `after` next time.',
      }),
      next: Next.nullable().meta({
        description: 'There are more: ask again at once with these. Null: that was all.',
      }),
    })
    .meta({ id: 'RevocationDelta' }),
  allow: membersOfEvent('scan'),
  run: async ({ tx }, { eventId, limit, ...from }) => {
    if ((await tx.events.events.find(eventId)) === undefined) {
      return notFound({ kind: 'event', id: eventId });
    }
    const { revocations } = tx.tickets;
    const numbered = await revocations.numbered(eventId, from.after, limit + 1);
    const unnumbered =
      numbered.length > limit
        ? []
        : await revocations.unnumbered(eventId, from.unnumberedAfter, limit + 1 - numbered.length);
    const found = [...numbered, ...unnumbered];
    const items = found.slice(0, limit).map(revocationResource);
    const sequence = items.findLast((item) => item.sequence !== null)?.sequence ?? from.after;
    const last = items.at(-1);
    const unnumberedAfter = last?.sequence === null ? last.ticketId : from.unnumberedAfter;
    return {
      items,
      sequence,
      next: found.length > limit ? { after: sequence, unnumberedAfter } : null,
    };
  },
});
