import * as z from 'zod';
import { anyOf, notFound, write } from '../../kernel/index.ts';
import { membersOfEntry, ownerOfEntry } from '../access.ts';
import { EntryId, WaitlistEntry } from '../entry.ts';
import { followWaited, termsOf } from '../follow.ts';
import { heldOffers } from '../held.ts';
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
    const { tx, now } = context;
    const seen = await tx.waitlist.entries.find(entryId);
    if (seen === undefined) return notFound({ kind: 'entry', id: entryId });
    const [event] = await tx.events.events.findForUpdate([seen.eventId]);
    const entry = await tx.waitlist.entries.find(entryId);
    if (event === undefined || entry === undefined) return notFound({ kind: 'entry', id: entryId });
    const held = (await heldOffers(context, [entry])).get(entryId);
    if (held === undefined) return offerNotOpen({ state: 'none' });
    const { offer } = held;
    const [hold] = await tx.inventory.holds.findForUpdate([offer.holdId]);
    const state = outcomeOf(offer, hold, now);
    if (state !== 'open' || hold === undefined) {
      return offerNotOpen({ state: state === 'open' ? 'none' : state });
    }
    const terms = await termsOf(context, event.id);
    await giveBack(context, hold);
    const next = await closeOffer(context, { offer, hold }, { state: 'declined', entry, terms });
    await followWaited(context, event);
    return entryResource(next, now);
  },
});
