import * as z from 'zod';
import {
  ambiguousTime,
  EventId,
  eventClosed,
  invalidTime,
  membersOfEvent,
  sessionOfOtherEvent,
  TimeInput,
} from '../../events/index.ts';
import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { unknownTicketType } from '../../pricing/index.ts';
import { CheckinList, type CheckinListRecord, listResource, listTerms } from '../checkin-list.ts';
import { strangerOnList, windowTimes } from '../list-input.ts';
import { checkinListWindow, scannedWithoutList } from '../refusals.ts';

export const createCheckinList = write({
  name: 'checkinLists.create',
  summary:
    'Adds a check-in list to an event: who is let in, when and how often. Left as it is by default, it lets everybody in once.',
  input: z.strictObject({
    eventId: EventId,
    name: listTerms.name,
    ticketTypeIds: listTerms.ticketTypeIds.default(null),
    sessionIds: listTerms.sessionIds.default(null),
    opens: listTerms.opens.default(null),
    closes: listTerms.closes.default(null),
    opensAt: TimeInput.nullable().default(null),
    closesAt: TimeInput.nullable().default(null),
    entries: listTerms.entries.default('once'),
    exits: listTerms.exits.default(false),
    reentry: listTerms.reentry.default(false),
    gates: listTerms.gates.default(null),
  }),
  output: CheckinList,
  refusals: [
    unknownTicketType,
    sessionOfOtherEvent,
    checkinListWindow,
    scannedWithoutList,
    invalidTime,
    ambiguousTime,
    eventClosed,
  ],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, ...input }) => {
    const { tx, ids, now, emit } = context;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    if (event.state === 'cancelled') return eventClosed({ eventId, state: event.state });
    // Who is in without a list would come in once more by the first one.
    const [lists, present] = await Promise.all([
      tx.checkin.lists.ofEvent(eventId),
      tx.checkin.presences.counts(eventId),
    ]);
    const came = present.filter(({ listId }) => listId === eventId);
    if (lists.length === 0 && came.some(({ admitted }) => admitted > 0)) {
      return scannedWithoutList({ eventId });
    }
    const stranger = await strangerOnList(context, eventId, input);
    if (stranger !== undefined) return stranger;
    const window = await windowTimes(input, event.timezone);
    if (isRefusal(window)) return window;
    const { organizerId } = event;
    const list: CheckinListRecord = {
      ...input,
      ...window,
      id: ids.next('ckl'),
      organizerId,
      eventId,
      archivedAt: null,
      createdAt: now,
      revision: 1,
    };
    await tx.checkin.lists.insert([list]);
    const created = listResource(list);
    emit({ type: 'checkin_list.created', organizerId, eventId, subject: list.id, data: created });
    return created;
  },
});
