import * as z from 'zod';
import { isOwner } from '../../inventory/index.ts';
import { anyOf, isRefusal, write } from '../../kernel/index.ts';
import { membersOfEntry, ownedEntry, ownerOfEntry } from '../access.ts';
import { EntryId, WaitlistEntry } from '../entry.ts';
import { followWaited, tellEntry } from '../follow.ts';
import { lockEntry } from '../lock-entry.ts';
import { outcomeOf } from '../offer.ts';
import { entryClosed } from '../refusals.ts';
import { entryResource } from '../resource.ts';
import { giveBack } from '../settle.ts';
import { endEntry } from '../transitions.ts';

export const leaveWaitlist = write({
  name: 'waitlist.leave',
  summary:
    'Takes an entry off the waitlist, with the offer that it may have. Members remove others so.',
  input: z.strictObject({ entryId: EntryId }),
  output: WaitlistEntry,
  refusals: [entryClosed],
  allow: anyOf(ownerOfEntry, membersOfEntry('sell')),
  run: async (context, { entryId }) => {
    const { tx, now } = context;
    const locked = await lockEntry(context, entryId);
    if (isRefusal(locked)) return locked;
    const { event, entry, held } = locked;
    const isAccepted = held !== undefined && outcomeOf(held.offer, held.hold, now) === 'accepted';
    if (isAccepted || entry.state === 'accepted' || entry.state === 'ended') {
      const state = entry.state === 'ended' ? 'ended' : 'accepted';
      return entryClosed({ entryId, state, endedFor: entry.endedFor });
    }
    const left = endEntry(entry, isOwner(context, ownedEntry(entry)) ? 'left' : 'removed');
    await tx.waitlist.entries.save(left, entry);
    await tx.waitlist.wishes.remove([entryId]);
    if (held !== undefined) {
      await tx.waitlist.offers.save({ ...held.offer, state: 'withdrawn' }, held.offer);
      await giveBack(context, held.hold);
    }
    await followWaited(context, event);
    tellEntry(context, 'waitlist.left', left);
    return entryResource(left, now);
  },
});
