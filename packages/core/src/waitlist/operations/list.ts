import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import {
  type Access,
  isRefusal,
  pageInput,
  pageOf,
  pageRequest,
  read,
} from '../../kernel/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { EntryState, WaitlistEntry } from '../entry.ts';
import { heldOffers } from '../held.ts';
import { entryResource } from '../resource.ts';

/** Members see the list of the event that they name; users without one their own entries. */
const ownOrMembers: Access<{ eventId?: string | undefined }> = {
  who: 'signed-in users for their own entries; members who may look up, for an event',
  async check(context, { eventId }) {
    const { actor, tx } = context;
    if (eventId === undefined) return actor.type === 'user';
    const event = await tx.events.events.find(eventId);
    return event === undefined || mayAt(context, actor, event.organizerId, 'look_up');
  },
};

export const listEntries = read({
  name: 'waitlist.list',
  summary:
    'Entries of waitlists, newest first: of an event for its members, else the caller’s own.',
  input: z.strictObject({
    eventId: EventId.optional(),
    state: EntryState.optional().meta({
      description: 'As it was last written: an offer that was taken up is so within moments.',
    }),
    ...pageInput,
  }),
  output: pageOf(WaitlistEntry, 'WaitlistEntryPage'),
  allow: ownOrMembers,
  run: async (context, { eventId, state, limit, cursor }) => {
    const { tx, actor, now } = context;
    const page = pageRequest({ limit, cursor });
    if (isRefusal(page)) return page;
    const own = eventId === undefined && actor.type === 'user' ? actor.id : undefined;
    const filter = { eventId, state, userId: own };
    const { items, nextCursor } = await tx.waitlist.entries.list(filter, page);
    const held = await heldOffers(context, items);
    return {
      items: items.map((entry) => entryResource(entry, now, held.get(entry.id))),
      nextCursor,
    };
  },
});
