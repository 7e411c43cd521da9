import * as z from 'zod';
import { ambiguousTime, invalidTime, sessionOfOtherEvent, TimeInput } from '../../events/index.ts';
import { given, isRefusal, notFound, write } from '../../kernel/index.ts';
import { unknownTicketType } from '../../pricing/index.ts';
import { membersOfList } from '../access.ts';
import { CheckinList, CheckinListId, listResource, listTerms } from '../checkin-list.ts';
import { strangerOnList, windowTimes } from '../list-input.ts';
import { checkinListArchived, checkinListWindow } from '../refusals.ts';

export const updateCheckinList = write({
  name: 'checkinLists.update',
  summary:
    'Changes a check-in list. Scans that were made stay as they are; the entries so far count by the new rules.',
  input: z.strictObject({
    listId: CheckinListId,
    name: listTerms.name.optional(),
    ticketTypeIds: listTerms.ticketTypeIds.optional(),
    sessionIds: listTerms.sessionIds.optional(),
    opens: listTerms.opens.optional(),
    closes: listTerms.closes.optional(),
    opensAt: TimeInput.nullable().optional(),
    closesAt: TimeInput.nullable().optional(),
    entries: listTerms.entries.optional(),
    exits: listTerms.exits.optional(),
    reentry: listTerms.reentry.optional(),
    gates: listTerms.gates.optional(),
  }),
  output: CheckinList,
  refusals: [
    unknownTicketType,
    sessionOfOtherEvent,
    checkinListWindow,
    checkinListArchived,
    invalidTime,
    ambiguousTime,
  ],
  allow: membersOfList('manage_events'),
  run: async (context, { listId, ...changes }) => {
    const { tx, emit } = context;
    const found = await tx.checkin.lists.find(listId);
    if (found === undefined) return notFound({ kind: 'check-in list', id: listId });
    const { organizerId, eventId } = found;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const [was] = await tx.checkin.lists.findForUpdate([listId]);
    if (was === undefined) return notFound({ kind: 'check-in list', id: listId });
    if (was.archivedAt !== null) return checkinListArchived({ listId });
    const wanted = { ...was, ...given(changes) };
    const stranger = await strangerOnList(context, eventId, wanted);
    if (stranger !== undefined) return stranger;
    const window = await windowTimes(wanted, event.timezone);
    if (isRefusal(window)) return window;
    const next = { ...wanted, ...window };
    await tx.checkin.lists.save(next, was);
    const updated = listResource({ ...next, revision: was.revision + 1 });
    emit({ type: 'checkin_list.updated', organizerId, eventId, subject: listId, data: updated });
    return updated;
  },
});
