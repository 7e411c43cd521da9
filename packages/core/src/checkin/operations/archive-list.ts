import * as z from 'zod';
import { notFound, write } from '../../kernel/index.ts';
import { membersOfList } from '../access.ts';
import { CheckinList, CheckinListId, listResource } from '../checkin-list.ts';

export const archiveCheckinList = write({
  name: 'checkinLists.archive',
  summary: 'Puts a check-in list away: nobody is scanned with it any more. Its scans stay.',
  input: z.strictObject({ listId: CheckinListId }),
  output: CheckinList,
  allow: membersOfList('manage_events'),
  run: async ({ tx, now, emit }, { listId }) => {
    const [was] = await tx.checkin.lists.findForUpdate([listId]);
    if (was === undefined) return notFound({ kind: 'check-in list', id: listId });
    if (was.archivedAt !== null) return listResource(was);
    const next = { ...was, archivedAt: now };
    await tx.checkin.lists.save(next, was);
    const { organizerId, eventId } = was;
    const archived = listResource({ ...next, revision: was.revision + 1 });
    emit({ type: 'checkin_list.archived', organizerId, eventId, subject: listId, data: archived });
    return archived;
  },
});
