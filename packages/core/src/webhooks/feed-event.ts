import * as z from 'zod';
import { EventId } from '../events/index.ts';
import { Instant, idOf } from '../kernel/index.ts';
import { OrganizerId } from '../organizers/index.ts';
import type { TicketiEvent } from './event.ts';

/** A fact as consumers get it, whatever its type; `TicketiEvent` says more of each. */
export const FeedEvent = z
  .object({
    id: idOf('obx'),
    type: z.string(),
    version: z.int(),
    timestamp: Instant,
    organizerId: OrganizerId.nullable(),
    eventId: EventId.nullable(),
    data: z.looseObject({}),
  })
  .meta({ id: 'FeedEvent' });

/** What was written under a type has the form of that type: every walk of the operations proves it. */
export function typed(event: z.output<typeof FeedEvent>): TicketiEvent {
  return event as unknown as TicketiEvent;
}
