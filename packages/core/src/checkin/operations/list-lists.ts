import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { read } from '../../kernel/index.ts';
import { CheckinList, listResource } from '../checkin-list.ts';

export const listCheckinLists = read({
  name: 'checkinLists.list',
  summary: 'The check-in lists of an event, oldest first.',
  input: z.strictObject({
    eventId: EventId,
    archived: z.boolean().default(false).meta({ description: 'Archived ones, too.' }),
  }),
  output: z.object({ items: z.array(CheckinList) }).meta({ id: 'CheckinLists' }),
  allow: membersOfEvent('scan'),
  run: async ({ tx }, { eventId, archived }) => {
    const lists = await tx.checkin.lists.ofEvent(eventId);
    const shown = lists.filter(({ archivedAt }) => archived || archivedAt === null);
    return { items: shown.map(listResource) };
  },
});
