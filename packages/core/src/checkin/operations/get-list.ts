import * as z from 'zod';
import { notFound, read } from '../../kernel/index.ts';
import { membersOfList } from '../access.ts';
import { CheckinList, CheckinListId, listResource } from '../checkin-list.ts';

export const getCheckinList = read({
  name: 'checkinLists.get',
  summary: 'A check-in list.',
  input: z.strictObject({ listId: CheckinListId }),
  output: CheckinList,
  allow: membersOfList('scan'),
  run: async ({ tx }, { listId }) => {
    const list = await tx.checkin.lists.find(listId);
    return list === undefined
      ? notFound({ kind: 'check-in list', id: listId })
      : listResource(list);
  },
});
