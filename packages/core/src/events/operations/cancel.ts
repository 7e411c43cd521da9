import * as z from 'zod';
import { closeHoldsOfEvent } from '../../inventory/index.ts';
import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { cancelOrdersOfEvent } from '../../orders/index.ts';
import { startRun } from '../../refunds/index.ts';
import { invalidateListingsOfEvent } from '../../resale/index.ts';
import { invalidateTransfersOfEvent } from '../../transfers/index.ts';
import { endWaitlistOfEvent } from '../../waitlist/index.ts';
import { membersOfEvent } from '../access.ts';
import { Event, EventId } from '../event.ts';
import { wrongEventState } from '../refusals.ts';
import { eventResource } from '../resource.ts';
import { cancelEvent as cancel } from '../transitions.ts';

export const cancelEvent = write({
  name: 'events.cancel',
  summary:
    'Cancels an event: sales stop, holds and unpaid orders end, listings and offers close, no code is admitted, and a refund run is opened.',
  input: z.strictObject({
    eventId: EventId,
    reason: z.string().trim().min(1).max(1000).nullable().default(null),
    refund: z.boolean().default(true).meta({
      description:
        'Whether a refund run is opened that gives back every paid order in full; without one, `refundRuns.start` opens it later.',
    }),
  }),
  output: Event,
  refusals: [wrongEventState],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, reason, refund }) => {
    const { tx, now, emit } = context;
    const [was] = await tx.events.events.findForUpdate([eventId]);
    if (was === undefined) return notFound({ kind: 'event', id: eventId });
    const next = cancel(was, reason, now);
    if (isRefusal(next)) return next;
    await tx.events.events.save(next, was);

    // In the order in which everybody locks: orders, offers, listings, holds, who waits, and counters last.
    const freed = await cancelOrdersOfEvent(context, eventId);
    await invalidateTransfersOfEvent(context, eventId);
    await invalidateListingsOfEvent(context, eventId);
    freed.push(...(await closeHoldsOfEvent(context, eventId)));
    await endWaitlistOfEvent(context, eventId);
    // Whoever claims from here on waits for these locks and then finds the event cancelled. What
    // was claimed until now is there to see.
    const sessions = await tx.events.sessions.ofEvents([eventId]);
    // A seat that was never claimed has no counter yet, so seats are locked by their sessions.
    await tx.seating.seatings.findAlone(sessions.map(({ id }) => id).sort());
    await tx.inventory.lockEvent(eventId);
    freed.push(...(await closeHoldsOfEvent(context, eventId)));
    await tx.inventory.release(eventId, freed, now);
    if (refund) {
      const terms = { feesKept: false, destination: 'original', reason } as const;
      await startRun(context, next, terms);
    }

    const cancelled = eventResource({ ...next, revision: was.revision + 1 }, sessions);
    emit({
      type: 'event.cancelled',
      organizerId: was.organizerId,
      eventId,
      subject: eventId,
      data: cancelled,
    });
    return cancelled;
  },
});
