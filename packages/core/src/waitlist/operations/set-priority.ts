import * as z from 'zod';
import { notFound, write } from '../../kernel/index.ts';
import { membersOfEntry } from '../access.ts';
import { EntryId, WaitlistEntry } from '../entry.ts';
import { tellEntry } from '../follow.ts';
import { WaitlistPriority } from '../policy.ts';
import { entryClosed } from '../refusals.ts';
import { entryResource } from '../resource.ts';
import { prioritize } from '../transitions.ts';

export const setPriority = write({
  name: 'waitlist.setPriority',
  summary: 'Moves an entry up or down the waitlist: higher priorities are served first.',
  input: z.strictObject({ entryId: EntryId, priority: WaitlistPriority }),
  output: WaitlistEntry,
  refusals: [entryClosed],
  allow: membersOfEntry('manage_events'),
  run: async (context, { entryId, priority }) => {
    const { tx, now } = context;
    const [entry] = await tx.waitlist.entries.findForUpdate([entryId]);
    if (entry === undefined) return notFound({ kind: 'entry', id: entryId });
    if (entry.state === 'accepted' || entry.state === 'ended') {
      return entryClosed({ entryId, state: entry.state, endedFor: entry.endedFor });
    }
    const next = prioritize(entry, priority);
    await tx.waitlist.entries.save(next, entry);
    tellEntry(context, 'waitlist.prioritized', next);
    return entryResource(next, now);
  },
});
