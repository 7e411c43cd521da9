import type { ScanRecord } from '@ticketi/core';
import type { Journal, Written } from '../journal.ts';
import { OUTSIDE, passed, type Standing } from '../standing.ts';
import { cancelledAt, type World } from '../world.ts';
import type { CommitRule, LookRule, StepRule } from './invariant.ts';

export const obeyed: StepRule = {
  name: 'a door without a connection decides by what was so when it got its bundle',
  find: ({ devices }) => devices.flatMap(({ wrong }) => wrong),
};

export const onRecord: StepRule = {
  name: 'what a door showed is on record as it showed it',
  find({ devices, journal: { books } }) {
    const scans = new Map([...books.scan.values()].map((scan) => [scan.scanId, scan]));
    return devices.flatMap(({ id, listId, told, clashing, log }) =>
      log().entries.flatMap(({ scanId, ...shown }) => {
        if (!told.has(scanId)) return [];
        const scan = scans.get(`${id}/${scanId}`);
        if (scan === undefined) return [`${id}/${scanId} is missing`];
        // The server had answered it before: that is what is kept.
        if (scan.deviceId === null) {
          const isClash = scan.admitted !== shown.admitted;
          return isClash === clashing.has(scanId) ? [] : [`${id}/${scanId} is not named`];
        }
        const { admitted, reason, why, direction, gate, at } = scan;
        const kept = { direction, gate, at, admitted, reason, why };
        const { code: _code, ...said } = shown;
        const isSame = JSON.stringify(kept) === JSON.stringify(said);
        const isOnList = listId === null || scan.listId === listId;
        return isSame && isOnList ? [] : [`${scan.id} is not what ${id}/${scanId} showed`];
      }),
    );
  },
};

export const concluded: CommitRule = {
  name: 'what doors let in counts by their clocks, as often as its list allows',
  find: (world) =>
    mergedPlaces(world.written).flatMap((place) => {
      const counted = countedOf(world, place);
      return [...world.journal.books.scan.values()]
        .filter((scan) => scan.admissionId === place && scan.admitted)
        .filter(({ id, counts }) => counted !== undefined && counts !== counted.has(id))
        .map(({ id, counts }) => `${id} ${counts ? 'counts' : 'does not count'}`);
    }),
};

/** Places of which something came to be known, or was taken back. */
function mergedPlaces({ scan }: Written): string[] {
  const some = scan.filter(({ was, next }) => was !== undefined || next.deviceId !== null);
  return [...new Set(some.flatMap(({ next }) => next.admissionId ?? []))];
}

/** The scans of a place that count, from all that is known; undefined: that is not known. */
function countedOf(world: World, place: string): Set<string> | undefined {
  const { checkinLists, journal } = world;
  const all = [...journal.books.scan.values()]
    .filter((scan) => scan.admissionId === place && scan.admitted && scan.undoneAt === null)
    .sort(inOrder(journal));
  const counted = new Set<string>();
  const standings = new Map<string | null, Standing>();
  for (const scan of all) {
    const { id, listId, direction } = scan;
    const entries = listId === null ? 1 : checkinLists.get(listId);
    if (entries === undefined) return undefined;
    if (scan.deviceId !== null) {
      // A key given up in that very moment: whether it was good is as the first merge found it.
      if (keyEnds(world, scan) === instantOf(journal, scan)) return undefined;
      if (mayNot(world, scan)) continue;
    }
    const was = standings.get(listId) ?? OUTSIDE;
    const next = passed(was, { direction, at: instantOf(journal, scan) }, entries);
    if (next === undefined) continue;
    standings.set(listId, next);
    counted.add(id);
  }
  return counted;
}

/** When the key of a code was given up, if it was. */
function keyEnds({ journal, ticketCodes }: World, { codeDigest }: ScanRecord) {
  const code = ticketCodes.find(({ digest }) => digest === codeDigest);
  return journal.books.key.get(code?.keyId ?? '')?.revokedAt ?? undefined;
}

/** Whether the code was good for nothing at that time, whoever came in before. */
function mayNot(world: World, scan: ScanRecord): boolean {
  const { journal, office } = world;
  const { books } = journal;
  const at = instantOf(journal, scan);
  const ends = keyEnds(world, scan);
  if (ends !== undefined && ends <= at) return true;
  if (scan.direction === 'exit') return false;
  const ticket = books.ticket.get(scan.ticketId ?? '');
  if (ticket?.state === 'void' && ticket.voidedAt <= at) return true;
  const off = cancelledAt(journal, office.eventId);
  return off !== undefined && off <= at;
}

/**
 * When a scan was: no clock of a door puts it into the future, nor before there was a ticket to
 * be shown.
 */
export function instantOf({ books }: Journal, { at, receivedAt, ticketId }: Timed): string {
  if (receivedAt === null) return at;
  const { createdAt = at } = books.ticket.get(ticketId ?? '') ?? {};
  const shownAt = at >= createdAt ? at : createdAt;
  return shownAt <= receivedAt ? shownAt : receivedAt;
}

type Timed = Pick<ScanRecord, 'at' | 'receivedAt' | 'ticketId'>;

/** By the clocks of the doors, then by device, then by the device's id of the scan. */
function inOrder(journal: Journal) {
  const keyOf = ({ id, deviceId, scanId, ...timed }: ScanRecord) => [
    instantOf(journal, timed),
    timed.at,
    deviceId ?? '',
    deviceId === null ? id : (scanId ?? id),
  ];
  return (a: ScanRecord, b: ScanRecord): number => {
    const [first, second] = [keyOf(a), keyOf(b)];
    const at = first.findIndex((part, index) => part !== second[index]);
    return at < 0 ? 0 : (first[at] ?? '') < (second[at] ?? '') ? -1 : 1;
  };
}

const DOUBLE: ReadonlySet<string | null> = new Set(['already_in', 'entries_used', 'no_reentry']);

/** Whether a door let in somebody once too often. */
export function isDouble({ direction, finding }: ScanRecord): boolean {
  return direction === 'entry' && DOUBLE.has(finding);
}

export const doublesTold: CommitRule = {
  name: 'a merge says who was let in once too often',
  find({ written, journal: { books, step } }) {
    // Of two logs at once, the first one's answer does not know of the second.
    if (step.findLast(({ scan }) => scan.length > 0) !== written) return [];
    const added = written.scan.filter(({ was }) => was === undefined).map(({ next }) => next);
    const places = new Set(added.flatMap(({ admissionId }) => admissionId ?? []));
    const doubles = [...books.scan.values()].filter(
      (scan) => places.has(scan.admissionId ?? '') && isDouble(scan),
    );
    return written.outbox
      .filter(({ type }) => type === 'checkin.merged')
      .flatMap(({ id, data }) => {
        const told: unknown = Reflect.get(Object(data), 'doubles');
        const count: unknown = Reflect.get(Object(data), 'added');
        const ids = new Set(Array.isArray(told) ? told : []);
        return [
          ...(count === added.length ? [] : [`${id} is of ${String(count)} of ${added.length}`]),
          ...doubles.filter((scan) => !ids.has(scan.id)).map((scan) => `${scan.id} is not told`),
        ];
      });
  },
};

export const attended: LookRule = {
  name: 'who is said to have come are the places that came in',
  async find({ ticketi, office: { eventId }, journal: { books } }) {
    const { lists } = await ticketi.checkin.attendance({ eventId });
    const entries = [...books.scan.values()].filter(
      ({ counts, direction }) => counts && direction === 'entry',
    );
    return lists.flatMap(({ listId, admitted, inside, left }) => {
      const own = entries.filter((scan) => scan.listId === listId);
      const places = new Set(own.map(({ admissionId }) => admissionId)).size;
      const isRight = admitted === places && inside >= 0 && left >= 0;
      return isRight ? [] : [`${listId}: ${admitted} came, ${inside} are in, of ${places}`];
    });
  },
};
