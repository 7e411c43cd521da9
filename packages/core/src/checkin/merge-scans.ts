import type { WriteContext } from '../kernel/index.ts';
import { withEarlier } from './lock-places.ts';
import { differs, type Ground, reconclude } from './reconclude.ts';
import type { ScanRecord } from './scan.ts';

/** What the scans of some places come to with those that a log added. */
export interface MergedScans {
  /** Those that were added, as they were concluded. */
  readonly fresh: readonly ScanRecord[];
  /** Earlier ones that came to something else by it. */
  readonly changed: readonly ScanRecord[];
  /** All of the places that doors admitted, and whatever else was added. */
  readonly all: readonly ScanRecord[];
}

/**
 * Concludes the places of the locked tickets anew, with scans that were not known yet, and writes
 * all that comes of it.
 */
export async function mergeScans(
  context: WriteContext,
  { tickets: locked, ...ground }: Ground,
  added: readonly ScanRecord[],
): Promise<MergedScans> {
  const { tx } = context;
  const eventId = ground.event.id;
  const own = [...locked.values()].filter((ticket) => ticket.eventId === eventId);
  const places = [...new Set(own.map(({ admissionId }) => admissionId))].sort();
  const earlier = await tx.checkin.scans.admittedOf(eventId, places);
  const passed = [...earlier, ...added.filter((scan) => scan.admitted && scan.finding === null)];
  const tickets = await withEarlier(
    context,
    locked,
    passed.flatMap(({ ticketId }) => ticketId ?? []),
  );
  const byPlace = Map.groupBy(passed, ({ admissionId }) => admissionId);
  const concluded = await reconclude(
    context,
    { ...ground, tickets },
    new Map(places.map((place) => [place, byPlace.get(place) ?? []])),
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
  const rest = fresh.filter(({ id }) => !after.has(id));
  return { fresh, changed: changed.map(({ next }) => next), all: [...after.values(), ...rest] };
}
