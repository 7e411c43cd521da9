import {
  type CheckinBundle,
  createDoor,
  type DoorLog,
  type LogEntry,
  type OfflineAnswer,
} from '@ticketi/core/checkin-offline';
import type { KnownCode, ShownCode } from './codes.ts';
import { OUTSIDE, type Passing, passed, type Standing } from './standing.ts';
import { cancelledAt, type World } from './world.ts';

/** A device at a door without a connection, which plays `createDoor` on a bundle that was fetched. */
export interface Device {
  readonly id: string;
  readonly listId: string | null;
  /** From when on its bundle is good no more. */
  readonly expiresAt: string;
  /** Whether its bundle has the ticket. */
  expects(ticketId: string): boolean;
  /** Scans, and says what it showed. What it should have shown is compared. */
  scan(shown: ShownCode, scan: Passing & Pick<LogEntry, 'scanId'>): Promise<string>;
  /** Is switched off and on again, with the same bundle and with its log. */
  restart(): void;
  log(): DoorLog;
  /** How far its clock is wrong. */
  readonly skewSeconds: number;
  /** Scans that the server was told of, by the device's own ids. */
  readonly told: Set<string>;
  /** Those of them that the server itself had answered otherwise. */
  readonly clashing: Set<string>;
  /** Codes that it asked the server for and heard nothing of, by the ids of the scans. */
  readonly asked: Map<string, KnownCode>;
  /** What it did that its bundle does not say. */
  readonly wrong: string[];
}

const DOUBLE: ReadonlySet<string | null> = new Set(['already_in', 'entries_used', 'no_reentry']);

export function openDevice(world: World, id: string, bundle: CheckinBundle): Device {
  const { listId, expiresAt } = bundle;
  const known = snapshotOf(world, bundle);
  const standings = new Map(known.standings);
  const wrong = [...known.wrong];
  let door = createDoor({ bundle, deviceId: id });

  /** Why it may not let the code in, whoever is inside; undefined: it may. */
  function problemOf(shown: ShownCode, { direction, at }: Passing): string | undefined {
    if (shown.kind === 'stranger') return 'unknown_code';
    const { keyId, ticketId } = shown.known;
    if (known.revokedKeys.has(keyId)) return 'key_revoked';
    if (!known.keys.has(keyId)) return 'unknown_code';
    if (shown.kind === 'forged') return 'bad_signature';
    if (known.revoked.has(ticketId)) return 'revoked';
    if (!known.places.has(ticketId)) return 'unknown_code';
    const isOff = known.cancelledAt !== undefined && known.cancelledAt <= at;
    return isOff && direction === 'entry' ? 'event_cancelled' : undefined;
  }

  function judge(shown: ShownCode, passing: Passing, answer: OfflineAnswer): string | undefined {
    const { admitted, reason } = answer;
    const problem = problemOf(shown, passing);
    if (problem !== undefined) return reason === problem ? undefined : problem;
    const place = shown.kind === 'given' ? known.places.get(shown.known.ticketId) : undefined;
    const was = standings.get(place ?? '') ?? OUTSIDE;
    const next = passed(was, passing, known.entries);
    if (next !== undefined) standings.set(place ?? '', next);
    if (next !== undefined) return admitted ? undefined : 'admitted';
    const isRight = passing.direction === 'exit' ? reason === 'not_inside' : DOUBLE.has(reason);
    return isRight ? undefined : 'in before';
  }

  return {
    ...{ id, listId, expiresAt, wrong },
    skewSeconds: world.chance.percent(70) ? 0 : world.chance.between(-600, 600),
    told: new Set(),
    clashing: new Set(),
    asked: new Map(),
    expects: (ticketId) => known.places.has(ticketId),
    async scan(shown, { scanId, direction, at }) {
      const answer = await door.scan({ ...{ code: shown.code, scanId, direction, at } });
      const told = answer.reason ?? 'admitted';
      const should = judge(shown, { direction, at }, answer);
      if (should !== undefined) wrong.push(`${id}/${scanId} said ${told}, should say ${should}`);
      return told;
    },
    restart() {
      door = createDoor({ bundle, deviceId: id, entries: door.log().entries });
    },
    log: () => door.log(),
  };
}

/** What is so at the moment of the bundle, from what was committed and not from the bundle. */
function snapshotOf(world: World, { listId, presences }: CheckinBundle) {
  const { journal, office, checkinLists } = world;
  const { books } = journal;
  const keys = [...books.key.values()];
  const valid = [...books.ticket.values()].filter(({ state }) => state === 'valid');
  const counted = [...books.scan.values()].filter(
    (scan) => scan.counts && scan.direction === 'entry' && scan.listId === listId,
  );
  const entries = Map.groupBy(counted, ({ admissionId }) => admissionId ?? '');
  const told = new Map(presences.map((presence) => [presence.admissionId, presence]));
  return {
    keys: new Set(keys.map(({ id }) => id)),
    revokedKeys: new Set(keys.filter(({ revokedAt }) => revokedAt !== null).map(({ id }) => id)),
    revoked: new Set(books.revocation.keys()),
    places: new Map(valid.map(({ id, admissionId }) => [id, admissionId])),
    cancelledAt: cancelledAt(journal, office.eventId),
    entries: listId === null ? 1 : (checkinLists.get(listId) ?? Number.POSITIVE_INFINITY),
    standings: presences.map(
      ({ admissionId, entries: used, inside, lastDay: day }): [string, Standing] => [
        admissionId,
        { used, inside, day },
      ],
    ),
    wrong: [...new Set([...entries.keys(), ...told.keys()])].flatMap((place) => {
      const [is, should] = [told.get(place)?.entries ?? 0, entries.get(place)?.length ?? 0];
      return is === should ? [] : [`a bundle says ${place} came in ${is} times, it did ${should}`];
    }),
  };
}
