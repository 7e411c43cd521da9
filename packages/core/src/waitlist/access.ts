import { type Owned, owner } from '../inventory/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { members, type Permission } from '../organizers/index.ts';
import type { WaitlistEntryRecord } from './entry.ts';

interface EntryInput {
  entryId: string;
}

/** A guest's token opens the entry as that of a hold opens the hold. */
export function ownedEntry({ id, userId }: Pick<WaitlistEntryRecord, 'id' | 'userId'>): Owned {
  return { userId, holdId: id };
}

/** Who waits, of the entry that an input names. */
export const ownerOfEntry = {
  ...owner(async ({ tx }: ReadContext, { entryId }: EntryInput) => {
    const entry = await tx.waitlist.entries.find(entryId);
    return entry && ownedEntry(entry);
  }),
  who: 'who waits',
};

export function membersOfEntry(permission: Permission) {
  return members(
    permission,
    async ({ tx }: ReadContext, { entryId }: EntryInput) =>
      (await tx.waitlist.entries.find(entryId))?.organizerId,
  );
}
