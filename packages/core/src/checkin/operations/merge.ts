import { membersOfEvent } from '../../events/index.ts';
import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { namedEntries, sortLog } from '../device-log.ts';
import { listFor, listsToEnterBy } from '../door.ts';
import { lockPlaces } from '../lock-places.ts';
import { announceMerge, foundIn, wrongClocks } from '../merge-report.ts';
import { mergeScans } from '../merge-scans.ts';
import { Merged, MergeInput } from '../merged.ts';
import { readJudgedCodes } from '../read-codes.ts';
import { checkinListArchived, checkinListNotNamed } from '../refusals.ts';
import { shownScan } from '../shown-scan.ts';

export const mergeLog = write({
  name: 'checkin.merge',
  summary:
    'Takes in what a device decided without a connection, in any order and as often as it is sent. What the door showed stays beside what the server concludes; who was let in twice is reported.',
  input: MergeInput,
  output: Merged,
  refusals: [checkinListNotNamed, checkinListArchived],
  allow: membersOfEvent('scan'),
  run: async (context, { eventId, listId: named, deviceId, entries }) => {
    const { tx, now } = context;
    const [event, lists] = await Promise.all([
      tx.events.events.find(eventId),
      listsToEnterBy(context, eventId),
    ]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    if (named !== null && !lists.some(({ id }) => id === named)) {
      return notFound({ kind: 'check-in list', id: named });
    }
    // A list may be archived before the last log comes; only who names none has to be told one.
    const choice = named === null ? listFor(lists, null) : { list: { id: named } };
    if (choice === 'not_found') return notFound({ kind: 'check-in list', id: '' });
    if (isRefusal(choice)) return choice;
    const listId = choice.list?.id ?? null;
    const owner = { organizerId: event.organizerId, eventId, listId, deviceId };

    const once = namedEntries(deviceId, entries);
    const [sessions, log, known] = await Promise.all([
      tx.events.sessions.ofEvents([eventId]),
      readJudgedCodes(context, event.organizerId, once),
      tx.checkin.scans.findByScanIds(
        eventId,
        once.map(({ scanId }) => scanId),
      ),
    ]);
    const genuine = log.flatMap(({ read }) => (read.genuine ? [read.ticketId] : []));
    const tickets = await lockPlaces(context, eventId, genuine);
    const { fresh, repeated, clashing } = sortLog(log, known);
    const added = fresh.map((one) => shownScan(context, owner, one, one.read, tickets));
    const scans = await mergeScans(context, { event, sessions, lists, tickets }, added);

    const merged: Merged = {
      eventId,
      listId,
      deviceId,
      at: now,
      added: added.length,
      repeated: repeated.length + entries.length - once.length,
      clashing: clashing.map(({ entry }) => entry.scanId),
      ...wrongClocks(log, tickets, now),
      ...foundIn(scans),
    };
    announceMerge(context, owner, scans, merged);
    return merged;
  },
});
