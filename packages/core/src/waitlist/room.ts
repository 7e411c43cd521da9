import {
  beyond,
  type Catalogue,
  claimWhile,
  freeIn,
  gateOf,
  keptFor,
  leavesOf,
  type Moving,
  wantedFor,
} from '../inventory/index.ts';
import type { WriteContext } from '../kernel/index.ts';
import type { WaitingFor } from './store.ts';

/**
 * Whether somebody who would take `quantity` of one of these types can buy it at once:
 * which, and how many of it there are. Found under the counters' locks, with what lapsed
 * taken back; so until the transaction ends nothing comes free that is not seen here.
 */
export async function roomForPublic(
  context: WriteContext,
  catalogue: Catalogue,
  typeIds: readonly string[],
  quantity: number,
): Promise<{ ticketTypeId: string; available: number | null } | undefined> {
  const { tx, now } = context;
  const { id: eventId } = catalogue.event;
  const gate = gateOf(catalogue, now);
  let waiting: readonly WaitingFor[] = [];
  let found: { ticketTypeId: string; available: number | null } | undefined;
  const look: Moving<never> = {
    watches: [
      ...typeIds.flatMap((typeId) => wantedFor(catalogue, typeId)),
      ...(gate?.watches ?? []),
    ].map((target) => ({ ...target, units: 0 })),
    price(room) {
      const free = freeIn(room);
      const left = beyond(free, keptFor(catalogue, waiting, now, free));
      found = undefined;
      for (const ticketTypeId of typeIds) {
        const type = catalogue.ticketTypes.get(ticketTypeId);
        const leaves = type === undefined ? 0 : leavesOf(catalogue, type, left);
        if (leaves < quantity) continue;
        found = { ticketTypeId, available: Number.isFinite(leaves) ? leaves : null };
        break;
      }
      return [];
    },
  };
  await claimWhile(context, eventId, [{ targets: [], moving: look }], async () => {
    if (gate !== undefined) waiting = await tx.waitlist.waiting(eventId);
  });
  return found;
}
