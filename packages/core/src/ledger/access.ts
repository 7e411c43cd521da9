import type { ReadContext } from '../kernel/index.ts';
import { members } from '../organizers/index.ts';

/** Members who see the money of the organizer or event that an input names. */
export const bookkeepers = members(
  'see_money',
  async (
    { tx }: ReadContext,
    { organizerId, eventId }: { organizerId: string; eventId?: string | undefined },
  ) => {
    if (eventId === undefined) return organizerId;
    // An event of another organizer is answered like one that does not exist.
    const event = await tx.events.events.find(eventId);
    return event?.organizerId === organizerId ? organizerId : '';
  },
);
