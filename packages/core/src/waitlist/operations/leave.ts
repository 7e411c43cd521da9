import * as z from 'zod';
import { isOwner } from '../../inventory/index.ts';
import { anyOf, notFound, write } from '../../kernel/index.ts';
import { membersOfEntry, ownedEntry, ownerOfEntry } from '../access.ts';
import { EntryId, WaitlistEntry } from '../entry.ts';
import { followWaited, tellEntry } from '../follow.ts';
import { heldOffers } from '../held.ts';
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
    const seen = await tx.waitlist.entries.find(entryId);
    if (seen === undefined) return notFound({ kind: 'entry', id: entryId });
    // Before all else: whoever makes offers locks it too, so this finds the offer or none is made.
    const [event] = await tx.events.events.findForUpdate([seen.eventId]);
    const entry = await tx.waitlist.entries.find(entryId);
    if (event === undefined || entry === undefined) return notFound({ kind: 'entry', id: entryId });
    const held = (await heldOffers(context, [entry])).get(entryId);
    const [hold] =
      held === undefined ? [] : await tx.inventory.holds.findForUpdate([held.offer.holdId]);
    const isAccepted = held !== undefined && outcomeOf(held.offer, hold, now) === 'accepted';
    if (isAccepted || entry.state === 'accepted' || entry.state === 'ended') {
      const state = entry.state === 'ended' ? 'ended' : 'accepted';
      return entryClosed({ entryId, state, endedFor: entry.endedFor });
    }
    const left = endEntry(entry, isOwner(context, ownedEntry(entry)) ? 'left' : 'removed');
    await tx.waitlist.entries.save(left, entry);
    await tx.waitlist.wishes.remove([entryId]);
    if (held !== undefined && hold !== undefined) {
      await tx.waitlist.offers.save({ ...held.offer, state: 'withdrawn' }, held.offer);
      await giveBack(context, hold);
    }
    await followWaited(context, event);
    tellEntry(context, 'waitlist.left', left);
    return entryResource(left, now);
  },
});
