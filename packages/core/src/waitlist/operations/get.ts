import * as z from 'zod';
import { withAccessToken } from '../../inventory/index.ts';
import { anyOf, notFound, read } from '../../kernel/index.ts';
import { membersOfEntry, ownerOfEntry } from '../access.ts';
import { EntryId, WaitlistEntry } from '../entry.ts';
import { heldOffers } from '../held.ts';
import { entryResource } from '../resource.ts';

export const getEntry = read({
  name: 'waitlist.get',
  summary:
    'Where an entry stands on the waitlist, and the offer that it has. Offers are of places that the organizer has; tickets that others resell are bought from them.',
  input: z.strictObject({ entryId: EntryId }),
  output: WaitlistEntry,
  allow: anyOf(ownerOfEntry, membersOfEntry('look_up')),
  present: (context, entry) => withAccessToken(context, entry, entry.id),
  run: async (context, { entryId }) => {
    const { tx, now } = context;
    const entry = await tx.waitlist.entries.find(entryId);
    if (entry === undefined) return notFound({ kind: 'entry', id: entryId });
    const held = (await heldOffers(context, [entry])).get(entryId);
    if (entry.state !== 'waiting') return entryResource(entry, now, held);
    const { entries, tickets } = await tx.waitlist.entries.before(entry);
    const position = { number: entries + 1, ticketsBefore: tickets };
    return entryResource(entry, now, held, position);
  },
});
