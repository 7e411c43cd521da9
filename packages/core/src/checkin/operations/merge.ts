import { membersOfEvent } from '../../events/index.ts';
import {
  isRefusal,
  millisOf,
  notFound,
  plusMinutes,
  type WriteContext,
  write,
} from '../../kernel/index.ts';
import type { SignedCheck, TicketRecord } from '../../tickets/index.ts';
import { instantOf } from '../conclude.ts';
import { listFor, listsToEnterBy } from '../door.ts';
import { lockPlaces, withEarlier } from '../lock-places.ts';
import { isDouble, type LogEntryInput, Merged, MergeInput } from '../merged.ts';
import { announceScan, whoIs } from '../new-scan.ts';
import { digestOf, readJudgedCodes } from '../read-codes.ts';
import { differs, reconclude } from '../reconclude.ts';
import { checkinListArchived, checkinListNotNamed } from '../refusals.ts';
import { type ScanRecord, scanResource } from '../scan.ts';

/** How far the clock of a device may be ahead without being told. */
const AHEAD_MINUTES = 5;

export const mergeLog = write({
  name: 'checkin.merge',
  summary:
    'Takes in what a device decided without a connection, in any order and as often as it is sent. What the door showed stays beside what the server concludes; who was let in twice is reported.',
  input: MergeInput,
  output: Merged,
  refusals: [checkinListNotNamed, checkinListArchived],
  allow: membersOfEvent('scan'),
  run: async (context, { eventId, listId: named, deviceId, entries }) => {
    const { tx, now, emit } = context;
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
    const sorted = byScanId(deviceId, entries);
    const [sessions, codes, before] = await Promise.all([
      tx.events.sessions.ofEvents([eventId]),
      readJudgedCodes(
        context,
        event.organizerId,
        sorted.map(({ entry: { code, at } }) => ({ code, at: instantOf({ at, receivedAt: now }) })),
      ),
      tx.checkin.scans.findByScanIds(
        eventId,
        sorted.map(({ key }) => key),
      ),
    ]);
    const genuine = codes.flatMap((code) => (code.genuine ? [code.ticketId] : []));
    const locked = await lockPlaces(context, eventId, genuine);
    const known = new Map(before.map((scan) => [scan.scanId, scan]));
    const added: ScanRecord[] = [];
    const clashing: string[] = [];
    let repeated = entries.length - sorted.length;
    sorted.forEach(({ entry, key }, index) => {
      const digest = digestOf(entry.code);
      const earlier = known.get(key);
      if (earlier === undefined) {
        const read = codes[index] ?? { genuine: false, reason: 'unknown_code' };
        const { organizerId } = event;
        const owner = { organizerId, eventId, listId, deviceId, scanId: key, codeDigest: digest };
        added.push(shownScan(context, owner, entry, read, locked));
      } else if (earlier.codeDigest === digest && earlier.admitted === entry.admitted)
        repeated += 1;
      else clashing.push(entry.scanId);
    });

    const own = [...locked.values()].filter((ticket) => ticket.eventId === eventId);
    const places = [...new Set(own.map(({ admissionId }) => admissionId))].sort();
    const earlier = await tx.checkin.scans.admittedOf(eventId, places);
    const all = [...earlier, ...added.filter((scan) => scan.admitted && scan.finding === null)];
    const ticketIds = all.flatMap(({ ticketId }) => ticketId ?? []);
    const tickets = await withEarlier(context, locked, ticketIds);
    const concluded = await reconclude(
      context,
      { event, sessions, lists, tickets },
      new Map(
        places.map((place) => [place, all.filter(({ admissionId }) => admissionId === place)]),
      ),
    );
    const after = new Map(
      [...concluded.values()].flatMap(({ scans }) => scans.map((scan) => [scan.id, scan] as const)),
    );
    const fresh = added.map((scan) => after.get(scan.id) ?? scan);
    const changed = earlier.flatMap((was) => {
      const next = after.get(was.id);
      return next !== undefined && differs(next, was) ? [{ next, was }] : [];
    });
    if (fresh.length > 0) await tx.checkin.scans.insert(fresh);
    await tx.together(
      changed.map(
        ({ next, was }) =>
          (own) =>
            own.checkin.scans.save(next, was),
      ),
    );

    for (const scan of fresh) announceScan(context, scan);
    for (const scan of [...fresh, ...changed.map(({ next }) => next)]) {
      if (!isDouble(scan)) continue;
      emit({
        type: 'checkin.double_found',
        organizerId: event.organizerId,
        eventId,
        subject: scan.id,
        data: scanResource(scan),
      });
    }
    const found = [...after.values(), ...fresh.filter(({ id }) => !after.has(id))]
      .filter(({ finding }) => finding !== null)
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const latest = plusMinutes(now, AHEAD_MINUTES);
    const merged: Merged = {
      eventId,
      listId,
      deviceId,
      at: now,
      added: fresh.length,
      repeated,
      clashing,
      ahead: entries.flatMap(({ at, scanId }) => (at > latest ? [scanId] : [])),
      doubles: found.filter(isDouble).map(scanResource),
      findings: found.filter((scan) => !isDouble(scan)).map(scanResource),
    };
    if (fresh.length > 0) {
      emit({
        type: 'checkin.merged',
        organizerId: event.organizerId,
        eventId,
        subject: listId ?? eventId,
        data: {
          ...merged,
          doubles: merged.doubles.map(({ id }) => id),
          findings: merged.findings.map(({ id }) => id),
        },
      });
    }
    return merged;
  },
});

/** The entries of a log by the name that they have among all devices, each once. */
function byScanId(deviceId: string, entries: readonly LogEntryInput[]) {
  const byKey = new Map(entries.map((entry) => [`${deviceId}/${entry.scanId}`, entry]));
  return [...byKey]
    .map(([key, entry]) => ({ key, entry }))
    .sort((a, b) => millisOf(a.entry.at) - millisOf(b.entry.at) || (a.key < b.key ? -1 : 1));
}

/** A scan as the device showed it. What names no ticket of the event comes to its end here. */
function shownScan(
  { ids, now }: WriteContext,
  owner: Pick<
    ScanRecord,
    'organizerId' | 'eventId' | 'listId' | 'deviceId' | 'scanId' | 'codeDigest'
  >,
  { direction, gate, at, admitted, reason, why }: LogEntryInput,
  read: SignedCheck,
  tickets: ReadonlyMap<string, TicketRecord>,
): ScanRecord {
  const ticket = read.genuine ? tickets.get(read.ticketId) : undefined;
  const problem = admitted ? problemOf(owner.eventId, direction, read, ticket) : null;
  return {
    id: ids.next('scn'),
    ...owner,
    direction,
    admitted,
    reason,
    why,
    ...whoIs(ticket),
    gate,
    lastAdmittedAt: null,
    lastAdmittedGate: null,
    at,
    receivedAt: now,
    counts: admitted && problem === null,
    finding: problem?.finding ?? null,
    findingWhy: problem?.why ?? null,
    undoneAt: null,
    undoneBy: null,
    undoReason: null,
    revision: 1,
  };
}

function problemOf(
  eventId: string,
  direction: LogEntryInput['direction'],
  read: SignedCheck,
  ticket: TicketRecord | undefined,
) {
  if (!read.genuine) return { finding: read.reason, why: null };
  if (ticket === undefined) return { finding: 'unknown_code' as const, why: null };
  if (ticket.eventId !== eventId) return { finding: 'wrong_event' as const, why: null };
  if (read.revoked) return { finding: 'key_revoked' as const, why: null };
  if (direction === 'entry' && ticket.issue !== read.issue)
    return { finding: 'revoked' as const, why: 'reissued' };
  return null;
}
