import * as z from 'zod';
import { anyOf, isRefusal, write } from '../../kernel/index.ts';
import { membersOfEntry, ownerOfEntry } from '../access.ts';
import { EntryId, WaitlistEntry } from '../entry.ts';
import { followWaited, termsOf } from '../follow.ts';
import { lockEntry } from '../lock-entry.ts';
import { outcomeOf } from '../offer.ts';
import { offerNotOpen } from '../refusals.ts';
import { entryResource } from '../resource.ts';
import { closeOffer, giveBack } from '../settle.ts';

export const declineOffer = write({
  name: 'waitlist.decline',
  summary:
    'Declines the offer that an entry has: its places go to the next. It counts as an offer that was let pass.',
  input: z.strictObject({ entryId: EntryId }),
  output: WaitlistEntry,
  refusals: [offerNotOpen],
  allow: anyOf(ownerOfEntry, membersOfEntry('sell')),
  run: async (context, { entryId }) => {
    const { now } = context;
    const locked = await lockEntry(context, entryId);
    if (isRefusal(locked)) return locked;
    const { event, entry, held } = locked;
    if (held === undefined) return offerNotOpen({ state: 'none' });
    const state = outcomeOf(held.offer, held.hold, now);
    if (state !== 'open') return offerNotOpen({ state });
    const terms = await termsOf(context, event.id);
    await giveBack(context, held.hold);
    const next = await closeOffer(context, held, { state: 'declined', entry, terms });
    await followWaited(context, event);
    return entryResource(next, now);
  },
});
